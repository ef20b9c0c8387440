/** Words for pet names. */
export const petWords: readonly string[] = (
  "amber badger brave bright calm clever cobra coral crane daring eager eagle falcon finch fond gentle golden heron honest " +
  "ibis jolly keen koala lively lucky lynx marten mellow merry noble otter owl panda patient plover proud quail quick quiet " +
  "raven robin sable sharp silent steady stork sunny swift tidy tiger trusty vivid warm weasel wise witty wren zebra"
).split(" ");
