/** The bytes of a file, chunk by chunk; whoever stops early lets go of the file. */
export async function* chunksOf(
  file: Blob,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const reader = file.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}
