//! The page of a chapter, and all of its side effects: it loads the chapter, runs its experiments,
//! and keeps what the reader has done.

pub mod glossary;

use crate::browser::{deferred, page, site_file, storage};
use crate::executors::session::Session;
use crate::guide::block;
use crate::guide::chapter::{Chapter, Part};
use crate::guide::contents::{file_of, recorded_file_of};
use crate::guide::progress::GuideProgress;
use crate::guide::recorded::Recorded;
use crate::measure::report::Capabilities;
use crate::ui::experiment::page::runner::ExperimentRunner;
use crate::ui::experiment::runs::RunEvent;
use crate::ui::guide::chapter::chapter_view;
use crate::ui::guide::context::{Context, GuideActions};
use crate::ui::guide::loading::LoadFailure;
use crate::ui::guide::state::{GuideAction, GuideState};
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Where the reader's progress is kept.
const PROGRESS_KEY: &str = "concurrency-playground.guide";

/// What [`GuidePage`] is given.
#[derive(Properties)]
pub struct GuidePageProps {
    /// Where experiments run.
    pub session: Rc<Session>,
    /// The chapter's id, which there is.
    pub chapter: &'static str,
    /// What the browser can do.
    pub capabilities: Capabilities,
    /// Whether nothing is measured, by whomever.
    pub is_idle: bool,
    /// Whether it is known what the browser can do.
    pub is_probed: bool,
    /// What the reader has left behind in the guide, for when they come back.
    pub memory: GuideMemory,
}

/// What was on the guide's page when the reader last saw it.
#[derive(Clone, Default)]
pub struct GuideMemory(Rc<RefCell<Option<GuideState>>>);

impl PartialEq for GuidePageProps {
    fn eq(&self, other: &Self) -> bool {
        (self.chapter, self.is_idle, self.is_probed)
            == (other.chapter, other.is_idle, other.is_probed)
            && self.capabilities == other.capabilities
    }
}

struct Store(GuideState);

impl Reducible for Store {
    type Action = GuideAction;

    fn reduce(self: Rc<Self>, action: GuideAction) -> Rc<Self> {
        Rc::new(Self(self.0.after(action)))
    }
}

/// The page of a chapter.
#[component]
pub fn GuidePage(props: &GuidePageProps) -> Html {
    let memory = props.memory.0.clone();
    let left = move || memory.borrow().as_ref().map(GuideState::resumed);
    let store = use_reducer(|| Store(left().unwrap_or_default()));
    let (memory, state) = (props.memory.0.clone(), store.0.clone());
    use_effect(move || drop(memory.replace(Some(state))));
    let session = props.session.clone();
    // Dropped with the page, which cancels what runs.
    let runner = use_memo(props.chapter, move |_| ExperimentRunner::new(session));
    let dispatcher = store.dispatcher();
    let dispatch =
        use_memo((), move |()| Callback::from(move |action| dispatcher.dispatch(action)));

    let told = Callback::clone(&dispatch);
    use_effect_with(props.chapter, move |chapter| open(chapter, told));
    let told = Callback::clone(&dispatch);
    use_effect_with((), move |()| {
        spawn_local(async move {
            // Reading it is no part of a first visit.
            deferred::load().await;
            told.emit(GuideAction::Kept(kept()));
        });
    });
    let progress = (store.0.progress.clone(), store.0.is_kept);
    use_effect_with(progress, |(progress, is_kept)| {
        if *is_kept && !progress.is_empty() {
            // Another tab may have kept more meanwhile.
            let mut all = kept();
            all.add(progress);
            // What cannot be kept is answered again at the next visit.
            let _ = storage::set(PROGRESS_KEY, &all.write());
        }
    });

    let running = store.0.runs.running().map(str::to_owned);
    let on_cancel = {
        let (dispatch, runner) = (Callback::clone(&dispatch), runner.clone());
        let tell = running.clone().map(|id| ran(&dispatch, id));
        let is_queue = !store.0.queue.is_empty();
        Callback::from(move |()| match &tell {
            Some(tell) if is_queue => runner.stop(tell),
            Some(tell) => runner.cancel(tell),
            // Between one and the next.
            None => dispatch.emit(GuideAction::Queued(Vec::new())),
        })
    };
    let cancelling = on_cancel.clone();
    use_effect_with((running, store.0.queue.is_empty()), move |(running, is_empty)| {
        let is_busy = running.is_some() || !is_empty;
        let listener = is_busy.then(|| page::on_escape(move || cancelling.emit(())));
        move || drop(listener)
    });

    let on_run = {
        let (dispatch, runner) = (Callback::clone(&dispatch), runner.clone());
        let workers = props.capabilities.machine.default_workers();
        Callback::from(move |(id, query): (String, String)| {
            // Queries are checked when the site is built.
            if let Ok(experiment) = block::experiment(&query, workers) {
                runner.start(&id, experiment, ran(&dispatch, id.clone()));
            }
        })
    };
    let (next, run_next) = (store.0.next_queued().cloned(), on_run.clone());
    use_effect_with((next, props.is_idle), move |(next, is_idle)| {
        if let (Some(next), true) = (next, is_idle) {
            run_next.emit(next.clone());
        }
    });
    let actions = GuideActions {
        on_guess: dispatch.reform(|(id, choice)| GuideAction::Guessed(id, choice)),
        on_run,
        on_run_all: dispatch.reform(GuideAction::Queued),
        on_cancel,
        on_retry: {
            let (dispatch, chapter) = (Callback::clone(&dispatch), props.chapter);
            Callback::from(move |()| open(chapter, dispatch.clone()))
        },
        on_reset: dispatch.reform(|()| {
            storage::remove(PROGRESS_KEY);
            GuideAction::Reset
        }),
    };
    let GuidePageProps { chapter, capabilities, is_idle, is_probed, .. } = props;
    let (is_idle, is_probed) = (*is_idle, *is_probed);
    let state = &store.0;
    chapter_view(chapter, &Context { state, capabilities, is_idle, is_probed, actions: &actions })
}

/// What the reader has done at earlier visits, and in other tabs.
// No part of a first visit, and so not of its caller.
#[inline(never)]
fn kept() -> GuideProgress {
    storage::get(PROGRESS_KEY).map_or_else(GuideProgress::default, |it| GuideProgress::read(&it))
}

fn ran(dispatch: &Callback<GuideAction>, id: String) -> Callback<RunEvent> {
    dispatch.reform(move |event| GuideAction::Ran(id.clone(), event))
}

/// Opens a chapter: loads it, and then what its runs came to on another device.
fn open(chapter: &'static str, tell: Callback<GuideAction>) {
    tell.emit(GuideAction::Opened(chapter));
    spawn_local(async move {
        tell.emit(GuideAction::Loaded(chapter, load_chapter(chapter).await));
        deferred::load().await;
        // Without it, nothing recorded is shown.
        if let Ok(recorded) = load_recorded(chapter).await {
            tell.emit(GuideAction::Recorded(chapter, Rc::new(recorded)));
        }
    });
}

/// Loads what the runs of a chapter, or of pitfalls, came to on another device.
///
/// # Errors
/// Why it could not be loaded.
// No part of a first visit, and so not of its caller.
#[inline(never)]
pub fn load_recorded(
    name: &'static str,
) -> Pin<Box<dyn Future<Output = Result<Recorded, LoadFailure>>>> {
    Box::pin(load_file(recorded_file_of(name)))
}

/// Loads the chapter `id`.
///
/// # Errors
/// Why it could not be loaded.
async fn load_chapter(id: &str) -> Result<Rc<Chapter>, LoadFailure> {
    let chapter: Chapter = load(id).await?;
    if chapter.parts.iter().any(|part| matches!(part, Part::Claims(_))) {
        // Claims are no part of a first visit.
        deferred::load().await;
    }
    Ok(Rc::new(chapter))
}

/// Loads what the guide calls `name`.
///
/// # Errors
/// Why it could not be loaded.
pub async fn load<T: DeserializeOwned>(name: &str) -> Result<T, LoadFailure> {
    load_file(file_of(name)).await
}

async fn load_file<T: DeserializeOwned>(file: String) -> Result<T, LoadFailure> {
    let bytes = site_file::load(&format!("guide/{file}")).await;
    let bytes = bytes.map_err(LoadFailure::NoAnswer)?;
    match postcard::take_from_bytes(&bytes) {
        Ok((read, [])) => Ok(read),
        // More than this page knows of.
        Ok(_) | Err(_) => Err(LoadFailure::NotReadable),
    }
}
