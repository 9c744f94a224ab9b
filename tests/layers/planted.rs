//! Small violations, planted to see that the checkers find them.

use super::*;

#[test]
fn an_import_from_above_is_a_violation() {
    let wrong = |module, source| imports(module, source).1;
    assert_eq!(wrong("workloads::primes", "use crate::failure::Result;"), NOTHING);
    assert_eq!(wrong("workloads::primes", "use super::{Work, split};"), NOTHING);
    assert_eq!(wrong("workloads::primes", "use crate::measure::Clock;").len(), 1);
    assert_eq!(wrong("measure::report", "use super::super::protocol::RunId;").len(), 1);
    assert_eq!(wrong("browser::page", "fn f() { crate::ui::lab::form::f() }").len(), 1);
    assert_eq!(wrong("decision::tree", "use crate::{models, executors::run};").len(), 1);
    assert_eq!(wrong("executors::run", "use crate::compute::job::Job;").len(), 1);
    assert_eq!(wrong("compute::coordinator", "use crate::executors;").len(), 1);
    assert_eq!(wrong("helpers", "").len(), 1);
}

#[test]
fn a_view_is_not_pure_and_nothing_pure_imports_it() {
    assert!(is_pure("ui::charts::bars") && !is_pure("ui::charts::bars::view"));
    let known = ["ui::charts", "ui::charts::bars", "ui::charts::bars::view"];
    assert_eq!(impurities("ui::charts", "use bars::Bars;", &known), NOTHING);
    assert_eq!(impurities("ui::charts", "use crate::ui::charts::bars::view::f;", &known).len(), 1);
}

#[test]
fn a_component_that_calls_is_a_violation() {
    let wrong = |module, source| calls(module, source).len();
    assert_eq!(wrong("ui::lab::view", "use crate::executors::run::{Progress, Stage};"), 0);
    assert_eq!(wrong("ui::lab::page::runner", "use crate::browser::page;"), 0);
    assert_eq!(wrong("ui::lab::view", "use crate::browser::page;"), 1);
    assert_eq!(wrong("ui::charts::bars::view", "fn f() { spawn_local(g()) }"), 1);
    assert_eq!(wrong("ui::lab::results::answer", "use crate::executors::session::Session;"), 1);
}

#[test]
fn a_browser_crate_in_a_pure_place_is_a_violation() {
    let known = ["executors", "executors::run", "executors::order", "executors::fleet"];
    let wrong = |source| impurities("executors::run", source, &known);
    assert_eq!(wrong("use super::order; use std::rc::Rc;"), NOTHING);
    assert_eq!(wrong("// as web_sys does\nlet s = \"yew\"; let gloomy = 1;"), NOTHING);
    for source in [
        "use web_sys::Window;",
        "fn f(p: js_sys::Promise) {}",
        "#[wasm_bindgen] extern \"C\" {}",
        "use wasm_bindgen_futures::JsFuture;",
        "use gloo_timers::future::TimeoutFuture;",
        "use { std::rc::Rc, yew::prelude::* };",
        "use super::fleet::BrowserFleet;",
        "use crate::executors::{order, fleet};",
    ] {
        assert_eq!(wrong(source).len(), 1, "{source}");
    }
}
