//! A small server for one journey: the built page below a sub-path, as on a project's page of a code host.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const SUB_PATH = "/some/where/";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/**
 * Serves the folder on a free port of this machine, each file with these headers besides its own.
 *
 * `serveFrom` changes the folder, as when a new release is put there; `cut` answers nothing any more, as without a network.
 */
export async function serve(folder, headers = {}) {
  const server = createServer((request, response) => answer(folder, headers, request, response));
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}${SUB_PATH}`,
    serveFrom: (other) => (folder = other),
    cut: () => {
      server.removeAllListeners("request").on("request", (request) => request.socket.destroy());
      server.closeAllConnections();
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(folder, headers, request, response) {
  const path = normalize(decodeURIComponent(new URL(request.url, "http://page").pathname));
  const name = path.slice(SUB_PATH.length) || "index.html";
  const file = join(folder, name);
  const found = path.startsWith(SUB_PATH) && (await stat(file).catch(() => null));
  if (!found || !found.isFile()) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    ...headers,
    "content-type": TYPES[extname(file)] ?? "application/octet-stream",
    "content-length": found.size,
    "cache-control": "no-store",
  });
  createReadStream(file).pipe(response);
}
