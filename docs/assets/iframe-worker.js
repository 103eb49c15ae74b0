// Search from a disk: browsers start no worker for a page that was opened as a file, so the
// script of the worker runs in a hidden frame instead, with the same messages (for pages in
// English; other languages need importScripts). The theme would otherwise fetch such a script
// from another host.
if (location.protocol === "file:")
  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      const address = new URL(url, location);
      const frame = document.createElement("iframe");
      frame.hidden = true;
      document.body.appendChild(frame);
      const inside = frame.contentWindow;
      window.addEventListener("message", (event) => {
        if (event.source !== inside) return;
        const message = new MessageEvent("message", { data: event.data });
        this.dispatchEvent(message);
        if (this.onmessage) this.onmessage(message);
      });
      this.inside = inside;
      inside.document.open();
      inside.document.write(`<body><script>
        postMessage = (data) => parent.postMessage(data, "*");
      <\/script><script src="${address}"><\/script></body>`);
      inside.document.close();
      this.ready = new Promise((done) => { frame.onload = done; });
    }
    postMessage(data) {
      this.ready.then(() => this.inside.dispatchEvent(new MessageEvent("message", { data })));
    }
    terminate() {}
  };
