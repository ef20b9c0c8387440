import { expect } from "chai";
import { absent, type Store } from "../../automation/ports/store";

/** What every store keeps to, whatever it is made of. */
export function storeContract(open: () => Store): void {
  let store: Store;
  let count = 0;
  let key = "";
  beforeEach(() => {
    store = open();
    count += 1;
    key = `contract/${count}/one.json`;
  });

  const versionOf = async (put: ReturnType<Store["put"]>): Promise<string> => {
    const written = await put;
    if (written.kind === "conflict") throw new Error("conflict");
    return written.version;
  };

  it("has nothing under a key that nobody has written", async () => {
    expect([await store.get(key), await store.list(`contract/${count}/`)]).to.deep.equal([undefined, []]);
  });

  it("gives back what was written, with the version of the write", async () => {
    const value = '{ "who": "Zoë", "lines": "a\\nb" }\n';
    const version = await versionOf(store.put(key, value, absent));
    expect(await store.get(key)).to.deep.equal({ value, version });
  });

  it("makes a key once", async () => {
    await store.put(key, "first", absent);
    expect(await store.put(key, "second", absent)).to.deep.equal({ kind: "conflict" });
    expect((await store.get(key))?.value).to.equal("first");
  });

  it("changes a value for the one who knows the version it has, and for nobody else", async () => {
    const first = await versionOf(store.put(key, "first", absent));
    const second = await versionOf(store.put(key, "second", first));

    expect(second).not.to.equal(first);
    expect(await store.put(key, "late", first)).to.deep.equal({ kind: "conflict" });
    expect(await store.get(key)).to.deep.equal({ value: "second", version: second });
  });

  it("changes nothing that was never there", async () => {
    const version = await versionOf(store.put(`contract/${count}/other.json`, "x", absent));
    expect(await store.put(key, "late", version)).to.deep.equal({ kind: "conflict" });
    expect(await store.get(key)).to.equal(undefined);
  });

  it("deletes for the one who knows the version, and lets the key be made again", async () => {
    const first = await versionOf(store.put(key, "first", absent));
    const second = await versionOf(store.put(key, "second", first));

    expect(await store.delete(key, first)).to.deep.equal({ kind: "conflict" });
    expect(await store.delete(key, second)).to.deep.equal({ kind: "ok" });
    expect([await store.get(key), await store.list(`contract/${count}/`)]).to.deep.equal([undefined, []]);
    expect(await store.put(key, "late", second)).to.deep.equal({ kind: "conflict" });
    expect((await store.put(key, "again", absent)).kind).to.equal("ok");
    expect((await store.get(key))?.value).to.equal("again");
  });

  it("deletes nothing that is not there", async () => {
    const version = await versionOf(store.put(`contract/${count}/other.json`, "x", absent));
    expect(await store.delete(key, version)).to.deep.equal({ kind: "conflict" });
  });

  it("lists keys by what they begin with, in their order, each once", async () => {
    const names = ["b.json", "a.json", "deep/c.json"];
    for (const name of names) await store.put(`contract/${count}/${name}`, "x", absent);
    const version = (await store.get(`contract/${count}/b.json`))?.version ?? "";
    await store.put(`contract/${count}/b.json`, "y", version);
    await store.put(`contract/${count}0/d.json`, "x", absent);

    expect(await store.list(`contract/${count}/`)).to.deep.equal(
      ["a.json", "b.json", "deep/c.json"].map((name) => `contract/${count}/${name}`),
    );
    expect(await store.list(`contract/${count}/a`)).to.deep.equal([`contract/${count}/a.json`]);
  });

  it("lets one of many make a key, and one of many change it", async () => {
    const race = async (expected: string): Promise<string> => {
      // No text is written twice: where the version is made of the text (S3), that would change nothing.
      const writers = Array.from({ length: 12 }, (_, index) => `writer ${index} after ${expected}`);
      const results = await Promise.all(writers.map((value) => store.put(key, value, expected)));
      const winners = writers.filter((_, index) => results[index]?.kind === "ok");
      expect(winners).to.have.lengthOf(1);
      expect((await store.get(key))?.value).to.equal(winners[0]);
      return (await store.get(key))?.version ?? "";
    };
    await race(await race(absent));
  });

  it("counts right when many add one again and again", async () => {
    await store.put(key, "0", absent);
    const add = async (): Promise<void> => {
      for (;;) {
        const { value, version } = (await store.get(key)) ?? { value: "", version: "" };
        if ((await store.put(key, String(Number(value) + 1), version)).kind === "ok") return;
      }
    };
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        for (let turn = 0; turn < 10; turn += 1) await add();
      }),
    );
    expect((await store.get(key))?.value).to.equal("40");
  });
}
