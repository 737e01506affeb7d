/** An objective that reports the slots of its worker, and holds them for a moment. */
export default async function environment({ config }) {
  await new Promise((resolve) => setTimeout(resolve, 20 * config.x));
  const slots = `${process.env.CAVIAR_SLOT_GPU}/${process.env.CUDA_VISIBLE_DEVICES}/${process.env.CAVIAR_SLOT_TEST_BENCH}`;
  process.stderr.write(`${slots}\n`);
  return 0;
}
