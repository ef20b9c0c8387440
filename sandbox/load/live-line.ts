/** The part of a terminal's stream that a moving line needs. */
export interface LineScreen {
  readonly columns?: number;
  write(text: string): unknown;
}

export interface LiveLine {
  show(text: string): void;
  end(): void;
}

/** One line that is written over again and again, and gone in the end. */
export const liveLine = (screen: LineScreen): LiveLine => ({
  show: (text) => void screen.write(`\r\u001b[K${text.slice(0, (screen.columns ?? 100) - 1)}`),
  end: () => void screen.write("\r\u001b[K"),
});

/** Every so many lines one of its own: for logs. */
export function plainLine(say: (text: string) => void, everyLines: number): LiveLine {
  let count = 0;
  return {
    show: (text) => {
      count += 1;
      if (count % everyLines === 0) say(text);
    },
    end: () => undefined,
  };
}
