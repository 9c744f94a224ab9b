//! The head of the page: where one is, where one can go, and what the browser can
//! do.

use crate::measure::format;
use crate::measure::report::{Browser, Capabilities, NAME, VERSION};
use crate::ui::shell::route::Route;
use crate::ui::shell::theme::Theme;
use crate::wording::counted;
use yew::prelude::*;

/// The head of the page. `on_theme` is asked for the next theme. Where the page is not
/// `idle`, nothing of it can be used: another page or theme would be drawn while something
/// is measured.
pub fn header(
    route: &Route,
    capabilities: &Capabilities,
    theme: Theme,
    on_theme: &Callback<()>,
    idle: bool,
) -> Html {
    let to = |name: &str, href: &'static str, here: bool| {
        let current = here.then_some("page");
        html! { <a {href} aria-current={current}>{ name.to_owned() }</a> }
    };
    let on_theme = on_theme.reform(|_| ());
    html! {
        <header class="head" inert={!idle}>
            <a class="brand" href="#/">
                <svg class="logo" width="22" height="18" viewBox="0 0 22 18" aria-hidden="true">
                    <rect class="fill-threads" x="0" y="0" width="9" height="4" rx="2" />
                    <rect class="fill-processes" x="11" y="0" width="8" height="4" rx="2" />
                    <rect class="fill-event-loop" x="3" y="7" width="16" height="4" rx="2" />
                    <rect class="fill-processes" x="0" y="14" width="7" height="4" rx="2" />
                    <rect class="fill-threads" x="9" y="14" width="12" height="4" rx="2" />
                </svg>
                { "Concurrency Playground" }
            </a>
            <Menu here={route.hash()}>
            <nav aria-label="Pages">
                { to("Learn", "#/guide", matches!(route, Route::Guide(_))) }
                { to("Lab", "#/lab", matches!(route, Route::Lab(_))) }
                { to("Decide", "#/decide", route.is_about_deciding()) }
                { to("Cheatsheet", "#/cheatsheet", *route == Route::Cheatsheet) }
                { to("Break things", "#/pitfalls", matches!(route, Route::Pitfalls(_))) }
            </nav>
            { environment(capabilities) }
            <button id="theme" class="button quiet" type="button" onclick={on_theme}
                aria-label={format!("Theme: {}. Change it.", theme.label())}>
                { theme.label() }
            </button>
            </Menu>
        </header>
    }
}

/// What [`Menu`] is given.
#[derive(PartialEq, Properties)]
struct MenuProps {
    /// The page's address: on another page the menu is closed.
    here: String,
    children: Html,
}

/// What stands beside the page's name; on a phone, below it once the button is pressed.
#[component]
fn Menu(props: &MenuProps) -> Html {
    let is_open = use_state_eq(|| false);
    let close = is_open.setter();
    use_effect_with(props.here.clone(), move |_| close.set(false));
    let class = classes!("head-menu", is_open.then_some("open"));
    let expanded = is_open.to_string();
    let onclick = Callback::from(move |_: MouseEvent| is_open.set(!*is_open));
    html! {
        <>
            <button id="menu" class="button quiet head-menu-button" type="button" aria-expanded={expanded}
                aria-controls="menu-items" {onclick}>
                { "Menu" }
            </button>
            <div id="menu-items" {class}>{ props.children.clone() }</div>
        </>
    }
}

/// What the browser can do, in a few words, and in more on request.
pub fn environment(capabilities: &Capabilities) -> Html {
    let Capabilities { machine, browser } = capabilities;
    let Browser { cross_origin_isolated, service_worker, shared_memory, .. } = browser;
    let cores = machine.hardware_concurrency;
    let (class, isolation) = if *cross_origin_isolated {
        ("dot good", "isolated")
    } else {
        ("dot fair", "not isolated")
    };
    let clock = format::short_duration(machine.clock_resolution_us / 1000.0);
    let yes = || "Yes.".to_owned();
    html! {
        <details id="environment" class="environment">
            <summary>
                <span {class} aria-hidden="true"></span>
                { format!("{} · {isolation} · clock {clock}", counted(cores.into(), "core")) }
            </summary>
            <dl class="card">
                <dt>{ "Cores reported by the browser" }</dt><dd>{ cores }</dd>
                <dt>{ "Shared memory" }</dt>
                <dd>{ shared_memory.reason().unwrap_or_else(yes) }</dd>
                <dt>{ "Service worker" }</dt>
                <dd>{ service_worker.reason().unwrap_or_else(yes) }</dd>
                <dt>{ "Clock resolution" }</dt><dd>{ clock.clone() }</dd>
                <dt>{ "Version" }</dt><dd>{ format!("{} {}", NAME, VERSION) }</dd>
            </dl>
        </details>
    }
}
