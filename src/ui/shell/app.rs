//! The page as a whole.

use crate::browser::{capabilities, deferred, files, locale, page, storage};
use crate::executors::session::Session;
use crate::experiment::Experiment;
use crate::guide::contents;
use crate::scripting::Playground;
use crate::ui::advice::page::routed::with_advice;
use crate::ui::attempts::page::AttemptRunner;
use crate::ui::attempts::view::AttemptPageProps;
use crate::ui::charts::view::tools::SaveChart;
use crate::ui::code::cheatsheet::CheatsheetPage;
use crate::ui::code::page as code_page;
use crate::ui::code::request::OnCode;
use crate::ui::guide::chapter::no_chapter;
use crate::ui::guide::page::glossary::GlossaryPage;
use crate::ui::guide::page::{GuideMemory, GuidePage};
use crate::ui::lab::page::{LabPage, last_tab, saving};
use crate::ui::lab::state::{Action, State};
use crate::ui::lab::view::lab;
use crate::ui::pitfalls::view::PitfallsPage;
use crate::ui::primitives::view::PrimitivesPage;
use crate::ui::shell::header::{environment, header};
use crate::ui::shell::route::Route;
use crate::ui::shell::theme::Theme;
use crate::ui::start::page::StartPage;
use crate::workloads::WorkloadId;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use yew::prelude::*;

const THEME_KEY: &str = "concurrency-playground.theme";

struct Store(State);

impl Reducible for Store {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(Self(self.0.after(action)))
    }
}

impl PartialEq for Store {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

/// Starts the page and hands out its interface for scripts. `service_worker`
/// settles with nothing once the page's service worker answers, or with the reason
/// why it never will.
#[wasm_bindgen(js_name = start)]
pub fn mount(service_worker: js_sys::Promise) -> Playground {
    let session = Rc::new(Session::new(capabilities::probe_now()));
    let probing = session.clone();
    let ready = future_to_promise(async move {
        let found = capabilities::probe(service_worker).await;
        probing.learn(found.clone());
        crate::browser::script::from_json(&found)
            .map_err(|failure| crate::browser::script::error(&failure))
    });
    let props = AppProps { session: session.clone(), ready: ready.clone() };
    yew::platform::spawn_local(async move {
        // Other pages are no part of a first visit.
        let opened = Route::opened_by(&page::search(), &page::hash());
        let is_first = match &opened {
            Route::Start | Route::Lab(_) | Route::Unknown(_) => true,
            Route::Guide(name) => contents::chapter(name).is_some(),
            _ => false,
        };
        if !is_first {
            deferred::load().await;
        }
        yew::Renderer::<App>::with_props(props).render();
    });
    Playground::new(session, ready)
}

#[derive(Properties)]
struct AppProps {
    session: Rc<Session>,
    ready: js_sys::Promise,
}

impl PartialEq for AppProps {
    fn eq(&self, other: &Self) -> bool {
        // There is one session for as long as there is a page.
        Rc::ptr_eq(&self.session, &other.session)
    }
}

#[component]
fn App(props: &AppProps) -> Html {
    let session = &props.session;
    let opening = session.capabilities();
    let store = use_reducer_eq(move || {
        let theme = storage::get(THEME_KEY);
        let theme = theme.as_deref().map_or(Theme::System, Theme::from_id);
        let state = State::new(opening, &page::search(), &page::hash(), theme);
        let state = state.map(|state| state.reading(locale::number_format()));
        let mut state = state.unwrap_or_else(|| unreachable!("the defaults are tested natively"));
        // A link goes before what the reader opened last.
        state.tab = state.tab.or_else(last_tab);
        Store(state)
    });
    let dispatch = use_memo((), |()| {
        let dispatcher = store.dispatcher();
        Callback::from(move |action| dispatcher.dispatch(action))
    });
    let lab_page = use_memo((), |()| LabPage::new(session.clone(), Callback::clone(&dispatch)));
    let attempts = use_memo((), |()| AttemptRunner::new(session.clone()));
    let guide = use_memo((), |()| GuideMemory::default());
    let save_chart = use_memo((), |()| SaveChart::from(saving::chart));
    let on_code = use_memo((), |()| OnCode::from(code_page::program));

    let (learned, ready, dispatched) = (session.clone(), props.ready.clone(), dispatch.clone());
    let told = lab_page.run_history.clone();
    use_effect_with((), move |()| {
        page::set_root_attribute("data-ready", "");
        page::mark("ready");
        yew::platform::spawn_local(async move {
            deferred::load().await;
            told.tell();
        });
        yew::platform::spawn_local(async move {
            crate::browser::script::settled(&ready).await;
            dispatched.emit(Action::Probed(learned.capabilities()));
        });
    });

    let (watched, dispatched) = (session.clone(), dispatch.clone());
    use_effect_with((), move |()| {
        watched.watch(move |is_busy| dispatched.emit(Action::Busy(is_busy)));
    });

    let dispatched = dispatch.clone();
    use_effect_with((), move |()| {
        let listener = page::on_hash_change(move || {
            let hash = page::hash();
            if Route::is_address(&hash) {
                dispatched.emit(Action::Went(Route::opened_by(&page::search(), &hash)));
            }
        });
        move || drop(listener)
    });

    let is_loaded = use_mut_ref(|| false);
    let takes_focus = store.0.route.takes_focus();
    use_effect_with(store.0.route.title(), move |title| {
        page::set_title(&with_name(title));
        // What was just loaded begins at its top by itself.
        let has_moved = is_loaded.replace(true);
        if page::is_new_place() && has_moved && !takes_focus {
            page::begin_at("main");
        }
    });

    // What the page no longer waits for, since the reader asks for something else, would
    // take time and memory all the same.
    let reading = lab_page.file_loader.clone();
    use_effect_with(store.0.file_loading.is_reading(), move |is_awaited| {
        if !is_awaited {
            reading.stop();
        }
    });

    let dropped = lab_page.run_history.clone();
    use_effect_with(store.0.is_idle(), move |idle| {
        let idle = *idle;
        let listeners = files::on_drop(move |file| {
            if idle {
                dropped.import(file);
            }
        });
        move || drop(listeners)
    });

    let (cancelling, dispatched) = (lab_page.runner.clone(), dispatch.clone());
    let cancelled = store.0.cancelled();
    use_effect_with(store.0.is_idle(), move |_| {
        let listener = cancelled.map(|cancelled| {
            page::on_escape(move || cancelling.press_cancel(cancelled(), &dispatched))
        });
        move || drop(listener)
    });

    let theme = store.0.theme;
    use_effect_with(theme, |theme| match theme {
        Theme::System => page::remove_root_attribute("data-theme"),
        chosen => page::set_root_attribute("data-theme", chosen.id()),
    });
    let on_theme = {
        let dispatch = dispatch.clone();
        Callback::from(move |()| {
            let next = theme.next(page::prefers_dark());
            match next {
                Theme::System => storage::remove(THEME_KEY),
                // What cannot be kept is chosen again at the next visit.
                chosen => drop(storage::set(THEME_KEY, chosen.id())),
            }
            dispatch.emit(Action::Themed(next));
        })
    };

    let shown = match &store.0.route {
        Route::Start => html! {
            <StartPage key="start" session={session.clone()} capabilities={store.0.capabilities.clone()}
                is_probed={store.0.is_probed} is_idle={store.0.is_idle()} />
        },
        Route::Guide(name) => match contents::chapter(name) {
            Some(chapter) => html! {
                <GuidePage key="guide" session={session.clone()} chapter={chapter.id}
                    capabilities={store.0.capabilities.clone()} is_idle={store.0.is_idle()}
                    is_probed={store.0.is_probed} memory={GuideMemory::clone(&guide)} />
            },
            None => no_chapter(name),
        },
        Route::Glossary(term) => html! { <GlossaryPage key="glossary" term={term.clone()} /> },
        Route::Lab(_) => html! {
            <div key="lab">{ lab(&store.0, &lab_page) }</div>
        },
        Route::Decide(_) | Route::OwnWork(_) | Route::Profile(_) | Route::Map(_) => {
            with_advice(&store.0, session, &dispatch)
        }
        Route::Cheatsheet => cheatsheet(&store.0),
        Route::Pitfalls(_) | Route::Primitives(_) => with_attempts(&store.0, &attempts),
        Route::Unknown(path) => html! {
            <section class="card lost">
                <h1>{ "There is no such page" }</h1>
                <p>{ format!("Nothing is at “{path}”. ") }<a href="#/lab">{ "Go to the lab" }</a></p>
            </section>
        },
    };
    html! {
        <ContextProvider<SaveChart> context={SaveChart::clone(&save_chart)}>
        <ContextProvider<OnCode> context={OnCode::clone(&on_code)}>
            if !store.0.embedded {
                <a class="skip" href="#main">{ "Skip to the content" }</a>
                { header(&store.0.route, &store.0.capabilities, theme, &on_theme, store.0.is_idle()) }
            }
            if store.0.embedded {
                <div class="embedded">{ environment(&store.0.capabilities) }</div>
            }
            <main id="main" tabindex="-1">{ shown }</main>
        </ContextProvider<OnCode>>
        </ContextProvider<SaveChart>>
    }
}

/// The page's title in full.
fn with_name(title: &str) -> String {
    match title {
        "" => "Concurrency Playground".to_owned(),
        title => format!("{title} · Concurrency Playground"),
    }
}

/// The pages with attempts: pitfalls and primitives.
// Not part of a first visit, and so not of its caller.
#[inline(never)]
fn with_attempts(state: &State, runner: &AttemptRunner) -> Html {
    let page = |name: &String| AttemptPageProps {
        name: name.clone(),
        runner: runner.clone(),
        capabilities: state.capabilities.clone(),
        is_probed: state.is_probed,
        is_idle: state.is_idle(),
    };
    match &state.route {
        Route::Pitfalls(name) => html! { <PitfallsPage ..page(name) /> },
        Route::Primitives(name) => html! { <PrimitivesPage ..page(name) /> },
        _ => html! {},
    }
}

/// The cheatsheet, with the experiment that stands in the lab.
// Not part of a first visit, and so not of its caller.
#[inline(never)]
fn cheatsheet(state: &State) -> Html {
    let workers = state.capabilities.machine.default_workers();
    let of_results = || state.results.as_ref().map(|results| results.experiment.clone());
    let experiment = state.form.experiment().ok().map(Rc::new).or_else(of_results);
    let default = || Experiment::default_for(WorkloadId::Mandelbrot, workers).ok().map(Rc::new);
    match experiment.or_else(default) {
        Some(experiment) => html! { <CheatsheetPage {experiment} {workers} /> },
        None => unreachable!("the defaults are tested natively"),
    }
}
