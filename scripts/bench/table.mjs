/**
 * One line a measurement. `floor` is what the same run measured for the best possible or a peer, so the ratio
 * means something on any machine; `aim` is the ratio (or value) we want to stay under.
 *
 * @param {{ name: string, value: number, unit: string, floor?: number, against?: string, aim?: number }[]} results
 */
export function formatTable(results) {
  const rows = results.map(({ name, value, unit, floor, against, aim }) => [
    name,
    `${round(value)} ${unit}`,
    floor === undefined ? "" : `${round(floor)} ${unit}${against ? ` (${against})` : ""}`,
    floor === undefined ? "" : `${(value / floor).toFixed(2)}×`,
    aim === undefined ? "" : `≤ ${aim}${floor === undefined ? ` ${unit}` : "×"}`,
  ]);
  const table = [["measurement", "here", "floor or peer", "ratio", "aim"], ...rows];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function round(value) {
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}
