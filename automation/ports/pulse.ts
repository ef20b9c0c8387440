/** Something that has to be done again and again beside the command's own work. */
export interface Pulse {
  /** Calls `beat` every `ms`; keeps no process alive. Returns what ends it. */
  every(ms: number, beat: () => void): () => void;
}
