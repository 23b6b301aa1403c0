// A worker that counts for a page: a browser slows the clocks of pages that are hidden, a worker's it leaves alone.

setInterval(() => postMessage(null), 500);
