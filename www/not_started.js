// Shows a notice if the page does not start, or if a part of it cannot be loaded later, and links to
// the same experiment. A classic script in ES5: it must also run in old browsers, and in a sandboxed
// frame, which may load another origin's scripts but not its modules.
(function () {
  var PATIENCE_MS = 20000;
  var root = document.documentElement;
  var notice;

  function isStarted() {
    return root.hasAttribute("data-ready");
  }

  function reason(detail) {
    if (!("noModule" in document.createElement("script"))) {
      return "This browser is too old: it does not support JavaScript modules. Use a current browser.";
    }
    if (typeof WebAssembly !== "object") {
      return "WebAssembly is missing or switched off in this browser. Switch it on, or use another browser.";
    }
    if (detail) return "It stopped with “" + detail + "”. Please reload it, or use a current browser.";
    if (window.origin === "null") {
      return "The page is in a sandboxed frame, which may not load its modules from this host.";
    }
    return "One of its files could not be loaded. Check your connection, then reload the page.";
  }

  function tell(text, id, title) {
    if (!notice) {
      notice = document.createElement("main");
      notice.id = id || "not-started";
      notice.className = "card lost";
      notice.setAttribute("role", "alert");
      notice.appendChild(document.createElement("h1")).textContent = title || "The playground did not start";
      notice.appendChild(document.createElement("p"));
      var way = notice.appendChild(document.createElement("p"));
      var link = document.createElement("a");
      // The same experiment, as a whole page.
      link.href = location.href.replace(/([?&])embed=1&?/, "$1").replace(/[?&](#|$)/, "$1");
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = link.href;
      way.appendChild(document.createTextNode("Open it in its own tab, or copy its address if the frame forbids that: "));
      way.appendChild(link);
      document.body.appendChild(notice);
    }
    notice.getElementsByTagName("p")[0].textContent = text;
  }

  // A failed script fires an event only at its element, which does not bubble: listen while capturing.
  addEventListener("error", function (event) {
    if (event.target.tagName === "SCRIPT" && !isStarted()) tell(reason());
  }, true);
  addEventListener("not-started", function (event) { tell(reason(event.detail)); });
  // A part of it was needed that did not come (www/deferred.js).
  addEventListener("not-loaded", function (event) {
    tell("It stopped with “" + event.detail + "”. Check your connection, then reload the page.", "not-loaded", "Part of the playground could not be loaded");
  });
  addEventListener("load", function () {
    if (!("noModule" in document.createElement("script"))) tell(reason());
    setTimeout(function () {
      if (!notice && !isStarted()) tell("It has not started after " + PATIENCE_MS / 1000 + " s. On a slow connection, wait a little longer; otherwise reload the page.");
    }, PATIENCE_MS);
  });
  // A page that was only slow takes the notice's place.
  new MutationObserver(function () {
    if (notice && notice.id === "not-started" && isStarted()) notice.parentNode.removeChild(notice);
  }).observe(root, { attributes: true });
})();
