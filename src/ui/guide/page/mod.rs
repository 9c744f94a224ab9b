//! The page of a chapter, and all of its side effects: it loads the chapter, runs its experiments,
//! and keeps what the reader has done.

pub mod glossary;

use crate::browser::{deferred, page, requests, storage};
use crate::executors::session::Session;
use crate::guide::block;
use crate::guide::chapter::{Chapter, Part};
use crate::guide::contents::file_of;
use crate::guide::progress::GuideProgress;
use crate::measure::report::Capabilities;
use crate::ui::experiment::page::runner::ExperimentRunner;
use crate::ui::experiment::runs::RunEvent;
use crate::ui::guide::chapter::chapter_view;
use crate::ui::guide::context::GuideActions;
use crate::ui::guide::loading::LoadFailure;
use crate::ui::guide::state::{GuideAction, GuideState};
use serde::de::DeserializeOwned;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Where the reader's progress is kept.
const PROGRESS_KEY: &str = "concurrency-playground.guide";
/// The largest file of the guide, in bytes; a chapter has some 30 KB.
const MOST_BYTES: usize = 1 << 20;

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
    let store = use_reducer(|| {
        let kept = storage::get(PROGRESS_KEY);
        Store(GuideState::new(
            kept.map_or_else(GuideProgress::default, |it| GuideProgress::read(&it)),
        ))
    });
    let session = props.session.clone();
    // Dropped with the page, which cancels what runs.
    let runner = use_memo(props.chapter, move |_| ExperimentRunner::new(session));
    let dispatcher = store.dispatcher();
    let dispatch =
        use_memo((), move |()| Callback::from(move |action| dispatcher.dispatch(action)));

    let told = Callback::clone(&dispatch);
    use_effect_with(props.chapter, move |chapter| {
        let chapter = *chapter;
        told.emit(GuideAction::Opened);
        spawn_local(async move {
            told.emit(GuideAction::Loaded(load_chapter(chapter).await));
        });
    });
    use_effect_with(store.0.progress.clone(), |progress| {
        // What cannot be kept is answered again at the next visit.
        match progress.is_empty() {
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
            Callback::from(move |()| {
                let dispatch = dispatch.clone();
                dispatch.emit(GuideAction::Opened);
                spawn_local(async move {
                    dispatch.emit(GuideAction::Loaded(load_chapter(chapter).await));
                });
            })
        },
        on_reset: dispatch.reform(|()| GuideAction::Reset),
    };
    chapter_view(props.chapter, &store.0, &props.capabilities, props.is_idle, &actions)
}

fn ran(dispatch: &Callback<GuideAction>, id: String) -> Callback<RunEvent> {
    dispatch.reform(move |event| GuideAction::Ran(id.clone(), event))
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

/// Loads the file of the guide that is called `name`.
///
/// # Errors
/// Why it could not be loaded.
pub async fn load<T: DeserializeOwned>(name: &str) -> Result<T, LoadFailure> {
    let address = format!("{}guide/{}", page::base(), file_of(name));
    let bytes = requests::fetch(&address, MOST_BYTES).await;
    let bytes = bytes.map_err(LoadFailure::NoAnswer)?;
    postcard::from_bytes(&bytes).map_err(|_| LoadFailure::NotReadable)
}
