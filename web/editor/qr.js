//! QR codes, for the projector: a text as the squares of its code.
import { generate } from "lean-qr";

/** The size of the code in squares and the path of its dark ones, "29 M0 0h7v1H0z…"; throws where the text is too long. */
export function draw(text) {
  const code = generate(text);
  let path = "";
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) {
      let length = 0;
      while (x + length < code.size && code.get(x + length, y)) length += 1;
      if (length) path += `M${x} ${y}h${length}v1h-${length}z`;
      x += length;
    }
  }
  return `${code.size} ${path}`;
}
