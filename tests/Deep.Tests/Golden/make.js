// Makes the golden streams of one Chromium zlib beside it: `node make.js chromium` with Node.js 18 or newer,
// `node make.js chromium-crc` with Node.js 12 to 16 on a processor that has an instruction for CRC-32C.
const zlib = require('zlib'), fs = require('fs'), encoder = process.argv[2];
let state = 20260301;
const next = below => { state ^= state << 13; state ^= state >>> 17; state ^= state << 5; return Math.floor((state >>> 0) / 4294967296 * below); };
const words = Array.from({ length: 300 }, () => Array.from({ length: 2 + next(8) }, () => String.fromCharCode(97 + next(26))).join(''));
const text = n => { let all = ''; while (all.length < n) all += words[next(1 + next(300))] + ' '; return Buffer.from(all.slice(0, n)); };
const random = n => Buffer.from(Array.from({ length: n }, () => next(256)));
const letters = n => Buffer.from(Array.from({ length: n }, () => 97 + next(4)));
function save(name, content, levels) {
  for (const level of levels) {
    const packed = zlib.gzipSync(content, { level });
    Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, level === 1 ? 4 : level === 9 ? 2 : 0, 3]).copy(packed);
    fs.writeFileSync(`${encoder}-${name}-${level}.gz`, packed);
  }
}

save('text', text(12000), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
save('mixed', Buffer.concat([text(9000), Buffer.alloc(60000), random(700), text(9000)]), [1, 6, 9]);  // slides, several kinds of data in a block
save('letters', letters(66000), [9]);                                                                  // long chains, full blocks
for (const n of [3, 4, 5, 70]) save(`end${n}`, Buffer.concat([letters(70000 - n), Buffer.from('abcdabc'.repeat(10)).subarray(0, n)]).subarray(-300 - n), [6]);
