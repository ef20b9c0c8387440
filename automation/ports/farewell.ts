/** What is left to do when a signal ends this process outside an engine run, which has its own way of ending. */
export interface Farewell {
  /** Registers `last`; returns what takes it back. The process ends when it is through. */
  before(last: () => Promise<void>): () => void;
}
