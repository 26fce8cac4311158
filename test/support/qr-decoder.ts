import jsQr from "jsqr";

/** Pixels to a module: a decoder looks for edges, as a camera's picture has them. */
const SCALE = 6;

/**
 * What a reader that shares no code with our encoder sees in a picture of so many modules; null when it sees no code.
 * What is not dark is white, as it is on the screen.
 */
export function decodeQr(
  width: number,
  height: number,
  isDark: (x: number, y: number) => boolean,
): string | null {
  const pixels = new Uint8ClampedArray(width * height * SCALE * SCALE * 4).fill(255);
  for (let y = 0; y < height * SCALE; y++) {
    for (let x = 0; x < width * SCALE; x++) {
      if (isDark(Math.floor(x / SCALE), Math.floor(y / SCALE)))
        pixels.fill(0, (y * width * SCALE + x) * 4, (y * width * SCALE + x) * 4 + 3);
    }
  }
  return decodeQrPixels(pixels, width * SCALE, height * SCALE);
}

/** The same for a picture in RGBA. */
export function decodeQrPixels(pixels: Uint8ClampedArray, width: number, height: number): string | null {
  return jsQr(pixels, width, height, { inversionAttempts: "dontInvert" })?.data ?? null;
}
