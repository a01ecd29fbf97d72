# Makes the golden streams beside it with the machine's GNU gzip, and one set with Python's stock zlib.
import random, subprocess, zlib
r = random.Random(20260301)
words = [bytes(r.choice(b'abcdefghijklmnopqrstuvwxyz') for _ in range(r.randint(2, 9))) for _ in range(400)]
def text(n):
    o = bytearray()
    while len(o) < n: o += r.choice(words[:r.randint(1, 400)]) + b' '
    return bytes(o[:n])
def gz(data, level): return subprocess.run(['gzip', f'-{level}', '-n'], input=data, capture_output=True, check=True).stdout
def zl(data, level):
    c = zlib.compressobj(level, zlib.DEFLATED, 31)
    return c.compress(data) + c.flush()
def save(name, data, levels=(6,), how=gz):
    for level in levels: open(f'{name}-{level}.gz', 'wb').write(how(data, level))

save('gzip-empty', b'')
save('gzip-byte', b'x')
save('gzip-random', r.randbytes(3000))                                        # stored
save('gzip-zeros', bytes(200_000))                                            # static
save('gzip-text', text(30_000), range(1, 10))
mixed = text(20_000) + bytes(60_000) + r.randbytes(2_000) + text(20_000)      # slides, several kinds of data in a block
save('gzip-mixed', mixed, range(1, 10))
pool = r.randbytes(4000)                                                      # a block ended early, by the look at symbol 8,192
early = pool + b''.join(r.randbytes(3) + pool[i:i + 60] for i in (r.randrange(3900) for _ in range(1500)))
assert gz(early, 6) != zl(early, 6)
save('gzip-early', early, (2, 3, 6))
save('gzip-blocks', bytes(r.choice(b'abcdefghijklmnop') for _ in range(70_000)))  # a full block of 32,767 symbols
save('zlib-text', text(30_000), (1, 6, 9), zl)
save('zlib-blocks', bytes(r.choice(b'abcdefghijklmnop') for _ in range(70_000)), (6,), zl)

# Ends where gzip compares beyond the input. One block of few symbols, so that stock zlib, which does not look there,
# would otherwise make the same bits.
found = {'first': 0, 'later': 0}
while min(found.values()) < 2:
    where = 'first' if found['first'] < 2 else 'later'
    n = r.randint(400, 2000) if where == 'first' else r.randint(66_000, 70_000)
    if where == 'first':
        b = bytearray(r.choice(b'\0\0abc') for _ in range(n))
        tail = r.randint(3, 12)
        at = r.randint(0, n - 3 * tail - 20)
        b[at:at + tail] = b[n - tail:]
        b[at + tail:at + tail + 6] = bytes(6)
    else:
        unit = bytes(r.choice(b'abcd') for _ in range(r.choice([256, 512, 1024])))
        b = bytearray((unit * (n // len(unit) + 1))[:n])
        for _ in range(40): b[r.randrange(n)] = r.randrange(256)
        for _ in range(10): b[n - r.randrange(1, 300)] = r.randrange(256)
    b = bytes(b)
    if gz(b, 6) != zl(b, 6):
        save(f'gzip-end{where}{found[where]}', b)
        found[where] += 1

# Memory level 9: blocks of twice as many symbols, and a wider hash.
def m9(data, level):
    c = zlib.compressobj(level, zlib.DEFLATED, 31, 9)
    return c.compress(data) + c.flush()
save('zlib-m9-text', text(12_000), range(1, 10), m9)
save('zlib-m9-letters', bytes(r.choice(b'abcdefgh') for _ in range(70_000)), (1, 6), m9)
save('zlib-short', text(12_000), (2, 3, 4, 5, 7, 8), zl)

# Flushed before the end.
def flushed(data, level):
    c = zlib.compressobj(level, zlib.DEFLATED, 31)
    return c.compress(data) + c.flush(zlib.Z_SYNC_FLUSH) + c.flush()
save('zlib-flushed-text', text(3000), (6,), flushed)
