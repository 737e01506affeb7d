/** @param {import("@caviar-hpo/tune").Assignment<{ x: number }, Uint8Array>} assignment */
export default async function bowl({ config }) {
  return (config.x - 0.3) ** 2;
}
