/** A secret as the engine writes it into a state that is exported without its secrets. */
export const secretOf = (ciphertext: string) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext,
});
