#!/usr/bin/env bash
# Starts a one-host Ceph cluster (1 mon, 1 osd, 1 radosgw; no mgr, no systemd) and
# prints its S3 endpoint and keys. Idempotent: a gateway that answers is left as it is.
#
#   CEPH_LAB_DIR     data dir               (default deltaglider-ceph in the temporary folder)
#   CEPH_LAB_PORT    S3 port on 127.0.0.1   (default 9100; mon uses PORT+1, the osd PORT+2..PORT+20)
#   CEPH_LAB_STORE   memstore | bluestore   (default memstore: data in RAM, gone with the daemon)
#   CEPH_LAB_SIZE_MB capacity               (default 6144; a sparse file for bluestore)
#   CEPH_LAB_ACCESS_KEY / CEPH_LAB_SECRET_KEY
#   CEPH_LAB_KEEP=1      with bluestore: start again on the data a former run left (default: start empty)
#   CEPH_LAB_RGW_CONF    more ceph.conf lines for the gateway, e.g. 'rgw lc debug interval = 5'
#   CEPH_LAB_AUTOSTOP=1  if this call starts the cluster, stop it once nobody has had DIR.users open (flock, shared)
#                        for half a minute: tests hold it, so that none of them leaves daemons behind
#   CEPH_LAB_FRONTEND    more beast options, e.g. 'ssl_endpoint=127.0.0.1:9143 ssl_certificate=/x.pem'
set -euo pipefail
DIR=${CEPH_LAB_DIR:-${TMPDIR:-/tmp}/deltaglider-ceph}
PORT=${CEPH_LAB_PORT:-9100}
STORE=${CEPH_LAB_STORE:-memstore}
SIZE_MB=${CEPH_LAB_SIZE_MB:-6144}
AK=${CEPH_LAB_ACCESS_KEY:-LABACCESSKEY00000001}
SK=${CEPH_LAB_SECRET_KEY:-labsecretkey0000000000000000000000000001}
MONPORT=$((PORT+1))
here=$(cd "$(dirname "$0")" && pwd)
export PATH=$PATH:/usr/sbin:/sbin

alive() { # the pid file's process runs (a zombie does not count)
  local p; p=$(cat "$DIR/$1.pid" 2>/dev/null) && [ -n "$p" ] && grep -q '^State:[[:space:]]*[^ZX]' "/proc/$p/status" 2>/dev/null
}
http_up() { curl -s -o /dev/null --max-time 2 "http://127.0.0.1:$PORT/"; }
print_env() {
  cat > "$DIR/env" <<E
S3_ENDPOINT=http://127.0.0.1:$PORT
S3_ACCESS_KEY=$AK
S3_SECRET_KEY=$SK
S3_REGION=us-east-1
E
  cat "$DIR/env"
}

# One start at a time. The daemons must not inherit the lock, hence 9>&- wherever one is started.
mkdir -p "$(dirname "$DIR")"
exec 9>"$DIR.lock"
flock 9

if alive mon && alive osd && alive rgw && http_up; then print_env; exit 0; fi
CEPH_LAB_DIR=$DIR bash "$here/stop-ceph.sh" >/dev/null 2>&1 || true
keep=
if [ "${CEPH_LAB_KEEP:-}" = 1 ] && [ -s "$DIR/osd/block" ] && [ -d "$DIR/mon/store.db" ] && [ "$STORE" = bluestore ]; then keep=1; fi
[ -n "$keep" ] || rm -rf "$DIR/mon" "$DIR/osd" "$DIR/rgw" "$DIR/log" "$DIR/monmap" "$DIR/keyring" "$DIR/fsid"
rm -rf "$DIR/run" "$DIR"/*.pid "$DIR/ceph.conf" "$DIR/env"
mkdir -p "$DIR/mon" "$DIR/osd" "$DIR/run" "$DIR/log" "$DIR/rgw"
if http_up; then echo "port $PORT is in use by something else" >&2; exit 1; fi

[ -s "$DIR/fsid" ] || cat /proc/sys/kernel/random/uuid > "$DIR/fsid"
FSID=$(cat "$DIR/fsid")
cat > "$DIR/ceph.conf" <<E
[global]
fsid = $FSID
mon host = [v2:127.0.0.1:$MONPORT/0]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
public network = 127.0.0.0/8
cluster network = 127.0.0.0/8
ms bind ipv6 = false
ms bind msgr1 = false
ms bind port min = $((PORT+2))
ms bind port max = $((PORT+20))
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
run dir = $DIR/run
admin socket = $DIR/run/\$name.asok
pid file =
log file = $DIR/log/\$name.log
log to stderr = false
err to stderr = true
crash dir = $DIR/run
keyring = $DIR/keyring
mon cluster log file = $DIR/log/cluster.log
debug ms = 0
mon client hunt interval = 0.3
mon client hunt interval backoff = 1.1
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0

[mon]
mon data = $DIR/mon
mon allow pool size one = true
mon allow pool delete = true
mon warn on pool no redundancy = false
mon max pg per osd = 10000
mon osd initial require min compat client = luminous
mon data avail crit = 1
mon data avail warn = 2
mon initial members = a
auth allow insecure global id reclaim = false
paxos propose interval = 0.05
paxos min wait = 0.01

[osd]
osd data = $DIR/osd
osd objectstore = $STORE
memstore device bytes = $((SIZE_MB*1048576))
memstore page set = false
bluestore block size = $((SIZE_MB*1048576))
bluestore block create = true
bluestore block db path =
bluestore block wal path =
bluestore fsck on mount = false
osd memory target = 1073741824
osd op num shards = 2
osd op num threads per shard = 2
osd scrub min interval = 1000000000
osd scrub max interval = 1000000000
osd deep scrub interval = 1000000000
osd scrub begin hour = 0
osd crush update on start = true
osd crush initial weight = 1
osd class update on start = false
osd fast shutdown = true

[client]
rgw data = $DIR/rgw
rgw frontends = beast endpoint=127.0.0.1:$PORT tcp_nodelay=1 ${CEPH_LAB_FRONTEND:-}
rgw thread pool size = 64
rgw enable usage log = false
rgw enable ops log = false
rgw enable quota threads = false
rgw run sync thread = false
rgw dynamic resharding = false
rgw gc max objs = 4
rgw gc obj min wait = 10
rgw gc processor period = 10
rgw gc processor max time = 10
rgw lc max objs = 4
rgw num control oids = 1
rgw data log num shards = 1
rgw usage max shards = 1
rgw override bucket index max shards = 1
rgw crypt require ssl = false
rgw crypt s3 kms backend = testing
rgw crypt s3 kms encryption keys = testkey-1=czNsYWIta21zLXRlc3Qta2V5LTAxMjM0NTY3ODlhYmM=
${CEPH_LAB_RGW_CONF:-}
E
C="-c $DIR/ceph.conf"
if [ -z "$keep" ]; then
ceph-authtool --create-keyring "$DIR/keyring" --gen-key -n mon. --cap mon 'allow *' >/dev/null
ceph-authtool "$DIR/keyring" --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *' >/dev/null
ceph-authtool "$DIR/keyring" --gen-key -n client.rgw --cap mon 'allow *' --cap osd 'allow *' >/dev/null
ceph-authtool "$DIR/keyring" --gen-key -n osd.0 --cap mon 'allow profile osd' --cap osd 'allow *' >/dev/null
monmaptool --create --fsid "$FSID" --addv a "[v2:127.0.0.1:$MONPORT]" "$DIR/monmap" >/dev/null
ceph-mon $C -i a --mkfs --monmap "$DIR/monmap" --keyring "$DIR/keyring"
fi

start() { # name cmd...
  local name=$1; shift
  setsid "$@" >"$DIR/log/$name.out" 2>&1 </dev/null 9>&- &
  echo $! > "$DIR/$name.pid"
}
start mon ceph-mon $C -i a -f
for _ in $(seq 100); do [ -S "$DIR/run/mon.a.asok" ] && break; sleep 0.05; done

if [ -z "$keep" ]; then
OSD_UUID=$(cat /proc/sys/kernel/random/uuid)
timeout 60 ceph $C --connect-timeout 30 osd new "$OSD_UUID" 0 >/dev/null
ceph-osd $C -i 0 --mkfs --osd-uuid "$OSD_UUID" >"$DIR/log/osd-mkfs.out" 2>&1
fi
start osd ceph-osd $C -i 0 -f

# radosgw-admin waits for the osd by itself: the first pool's writes block until it is up.
[ -n "$keep" ] || timeout 120 radosgw-admin $C user create --uid=lab --display-name="lab" \
   --access-key="$AK" --secret-key="$SK" >"$DIR/log/user.json" 2>"$DIR/log/user.err"
start rgw radosgw $C -n client.rgw -f --keyring "$DIR/keyring"
for _ in $(seq 600); do http_up && break; alive rgw || { echo "radosgw died:"; tail "$DIR/log/rgw.out"; exit 1; } >&2; sleep 0.1; done
http_up || { echo "radosgw does not answer" >&2; exit 1; }
if [ "${CEPH_LAB_AUTOSTOP:-}" = 1 ]; then
  : >>"$DIR.users"
  # Decided under the start lock, which whoever wants the cluster takes after it has opened DIR.users.
  start autostop bash -c 'idle=0; started=$(cat "$1/rgw.pid")
    while sleep 3; do
      [ "$(cat "$1/rgw.pid" 2>/dev/null)" = "$started" ] || exit 0
      if flock -n -x "$1.users" true; then idle=$((idle+1)); else idle=0; fi
      [ "$idle" -lt 10 ] && continue
      exec 8>"$1.lock"; flock 8
      flock -n -x "$1.users" true && { CEPH_LAB_DIR=$1 CEPH_LAB_KILL=1 bash "$2/stop-ceph.sh" 8>&-; exit 0; }
      exec 8>&-
    done' autostop "$DIR" "$here"
fi
print_env
