//! What the page needs to be installed and to work without a network: FOLDER VERSION
//!
//! Draws the icons as PNG (web/icon.svg has the same shapes), and fills the release into the service worker.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { deflateSync } from "node:zlib";

const [folder, version] = process.argv.slice(2);

/** The field of 512 by 512 that web/icon.svg uses. */
const FIELD = 512;
const CIRCLES = [200, 312];
const RADIUS = 116;
const STROKE = 9;
const GROUND = [0x3a, 0x49, 0xc9];

/** How white a point is, from 0 to 1. */
function white(x, y) {
  const distances = CIRCLES.map((centre) => Math.hypot(x - centre, y - 256));
  const inside = distances.filter((distance) => distance < RADIUS).length;
  if (inside === 2 || distances.some((distance) => Math.abs(distance - RADIUS) < STROKE)) return 1;
  return inside * 0.22;
}

/** How much of the ground a point has: the corners are round where no system cuts them itself. */
function ground(x, y, corner) {
  const beyond = (at) => Math.max(corner - at, at - (FIELD - corner), 0);
  return Math.hypot(beyond(x), beyond(y)) <= corner ? 1 : 0;
}

/** Draws the icon with so many pixels at each side. */
function icon(size, corner) {
  const rows = Buffer.alloc(size * (size * 4 + 1));
  const samples = [0.125, 0.375, 0.625, 0.875];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      let [light, cover] = [0, 0];
      for (const down of samples) {
        for (const across of samples) {
          const [x, y] = [((column + across) * FIELD) / size, ((row + down) * FIELD) / size];
          light += white(x, y) / 16;
          cover += ground(x, y, corner) / 16;
        }
      }
      const at = row * (size * 4 + 1) + 1 + column * 4;
      GROUND.forEach((value, channel) => (rows[at + channel] = Math.round(value + (255 - value) * light)));
      rows[at + 3] = Math.round(cover * 255);
    }
  }
  return png(size, rows);
}

function png(size, rows) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // Eight bits for each of red, green, blue and opacity.
  header.set([8, 6], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const chunks = [chunk("IHDR", header), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([signature, ...chunks]);
}

function chunk(name, content) {
  const named = Buffer.concat([Buffer.from(name), content]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(content.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
}

function crc32(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (0xedb88320 & -(sum & 1));
  }
  return ~sum >>> 0;
}

const ROUND = 112;
const icons = { "icon-192.png": [192, ROUND], "icon-512.png": [512, ROUND], "icon-maskable-512.png": [512, 0], "apple-touch-icon.png": [180, 0] };
for (const [name, [size, corner]] of Object.entries(icons)) writeFileSync(join(folder, name), icon(size, corner));

/** Every file of the release with its digest; nobody needs the licences without a network. */
const names = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.name.startsWith("LICENSE") && entry.name !== "sw.js")
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(join(folder, sep).length).split(sep).join("/"))
  .sort();
const digest = (name) => `sha256-${createHash("sha256").update(readFileSync(join(folder, name))).digest("base64")}`;
const release = { version, files: Object.fromEntries(names.map((name) => [name, digest(name)])) };
const worker = join(folder, "sw.js");
const [before, after] = readFileSync(worker, "utf8").split("RELEASE");
if (after === undefined) throw new Error("web/sw.js has no place for the release");
writeFileSync(worker, before + JSON.stringify(release) + after);
