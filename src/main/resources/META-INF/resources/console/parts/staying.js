/** Work that ends with the browser's tab: whoever closes it meanwhile is asked. */
let running = 0;

const ask = (event) => event.preventDefault();

/** Says that something has begun which closing the tab would cut off. @return what says that it has ended; call it once */
export function stayed() {
  if (running++ === 0) {
    addEventListener('beforeunload', ask);
  }
  return () => {
    if (--running === 0) {
      removeEventListener('beforeunload', ask);
    }
  };
}
