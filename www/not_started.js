// Says so where the page does not start, or a part of it cannot be loaded later, for whatever
// reason, and offers a way out. No module, and
// in the language of 2009: it has to run where nothing else does, such as in a sandboxed frame,
// which may load another origin's scripts but not its modules, and in old browsers.
(function () {
  var PATIENCE_MS = 20000;
  var root = document.documentElement;
  var notice;

  function isStarted() {
    return root.hasAttribute("data-ready");
  }

  function reason(detail) {
    if (!("noModule" in document.createElement("script"))) {
      return "This browser is too old for it: it knows no JavaScript modules. Use a current one.";
    }
    if (typeof WebAssembly !== "object") {
      return "This browser has no WebAssembly, or it is switched off. Switch it on, or use another browser.";
    }
    if (detail) return "It stopped with “" + detail + "”. Please reload it, or use a current browser.";
    if (window.origin === "null") {
      return "It is in a sandboxed frame, which may not load the page's modules from this host.";
    }
    return "A file of it could not be loaded. Check your connection, then reload it.";
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
      way.appendChild(document.createTextNode("Open it in a tab of its own, or copy its address if the frame forbids that: "));
      way.appendChild(link);
      document.body.appendChild(notice);
    }
    notice.getElementsByTagName("p")[0].textContent = text;
  }

  // Of a script's own failure only the element hears, and whoever listens before it does.
  addEventListener("error", function (event) {
    if (event.target.tagName === "SCRIPT" && !isStarted()) tell(reason());
  }, true);
  addEventListener("not-started", function (event) { tell(reason(event.detail)); });
  // A part of it was needed that did not come (www/deferred.js).
  addEventListener("not-loaded", function (event) {
    tell("It stopped with “" + event.detail + "”. Check your connection, then reload the page.", "not-loaded", "A part of the playground could not be loaded");
  });
  addEventListener("load", function () {
    if (!("noModule" in document.createElement("script"))) tell(reason());
    setTimeout(function () {
      if (!notice && !isStarted()) tell("Nothing has come of it for " + PATIENCE_MS / 1000 + " s. On a slow connection wait a little longer, else reload it.");
    }, PATIENCE_MS);
  });
  // A page that was only slow takes the notice's place.
  new MutationObserver(function () {
    if (notice && notice.id === "not-started" && isStarted()) notice.parentNode.removeChild(notice);
  }).observe(root, { attributes: true });
})();
