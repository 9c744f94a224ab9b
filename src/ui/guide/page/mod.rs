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
use crate::ui::guide::context::GuideActions;
use crate::ui::guide::loading::LoadFailure;
use crate::ui::guide::state::{GuideAction, GuideState};
use serde::de::DeserializeOwned;
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
}

impl PartialEq for GuidePageProps {
    fn eq(&self, other: &Self) -> bool {
        (self.chapter, self.is_idle) == (other.chapter, other.is_idle)
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
    let store = use_reducer(|| Store(GuideState::new()));
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
            let kept = storage::get(PROGRESS_KEY);
            let kept = kept.map_or_else(GuideProgress::default, |it| GuideProgress::read(&it));
            told.emit(GuideAction::Kept(kept));
        });
    });
    let progress = (store.0.progress.clone(), store.0.is_kept);
    use_effect_with(progress, |(progress, is_kept)| {
        // What cannot be kept is answered again at the next visit.
        match progress.is_empty() {
            _ if !is_kept => {}
            true => storage::remove(PROGRESS_KEY),
            false => drop(storage::set(PROGRESS_KEY, &progress.write())),
        }
    });

    let running = store.0.runs.running().map(str::to_owned);
    let tell = running.map(|id| ran(&dispatch, id));
    let (cancelling, cancelled) = (runner.clone(), tell.clone());
    use_effect_with(tell.is_some(), move |_| {
        let listener = cancelled.map(|tell| page::on_escape(move || cancelling.cancel(&tell)));
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
    let (next, run_next) = (store.0.queue.first().cloned(), on_run.clone());
    use_effect_with((next, props.is_idle), move |(next, is_idle)| {
        if let (Some(next), true) = (next, is_idle) {
            run_next.emit(next.clone());
        }
    });
    let actions = GuideActions {
        on_guess: dispatch.reform(|(id, choice)| GuideAction::Guessed(id, choice)),
        on_run,
        on_run_all: dispatch.reform(GuideAction::Queued),
        on_cancel: Callback::from(move |()| tell.iter().for_each(|tell| runner.cancel(tell))),
        on_retry: {
            let (dispatch, chapter) = (Callback::clone(&dispatch), props.chapter);
            Callback::from(move |()| open(chapter, dispatch.clone()))
        },
        on_reset: dispatch.reform(|()| GuideAction::Reset),
    };
    chapter_view(props.chapter, &store.0, &props.capabilities, props.is_idle, &actions)
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

/// Loads what the runs of a chapter came to on another device.
///
/// # Errors
/// Why it could not be loaded.
// No part of a first visit, and so not of its caller.
#[inline(never)]
fn load_recorded(
    chapter: &'static str,
) -> Pin<Box<dyn Future<Output = Result<Recorded, LoadFailure>>>> {
    Box::pin(load_file(recorded_file_of(chapter)))
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
    postcard::from_bytes(&bytes).map_err(|_| LoadFailure::NotReadable)
}
