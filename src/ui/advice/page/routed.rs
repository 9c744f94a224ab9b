//! Which page with advice an address leads to, and what it is given. Apart from `shell/app`, as none of these is
//! part of a first visit.

use super::leaf_race::leaf_race;
use super::map::MapPage;
use super::own_work::OwnWorkPage;
use super::profile::ProfilePage;
use crate::browser::page;
use crate::executors::session::Session;
use crate::experiment::{Experiment, link};
use crate::ui::decide::DecidePage;
use crate::ui::lab::state::{Action, State};
use crate::ui::shell::route::Route;
use std::rc::Rc;
use yew::prelude::*;

/// The page that an address leads to, if it is one with advice.
// Not part of a first visit, and so not of its caller.
#[inline(never)]
pub fn with_advice(state: &State, session: &Rc<Session>, dispatch: &Callback<Action>) -> Html {
    let machine = &state.capabilities.machine;
    let on_evidence = dispatch.reform(|evidence| Action::Advised(Some(evidence)));
    match &state.route {
        Route::Decide(path) => {
            // Whoever answers by hand goes on without the figures.
            let on_path = dispatch.reform(|path: String| {
                page::set_hash(&Route::Decide(path).hash());
                Action::Advised(None)
            });
            let on_shown = Callback::from(|node: NodeRef| page::focus_node(&node));
            let workers = machine.default_workers();
            let (session, is_ready) = (session.clone(), state.is_probed && state.is_idle());
            let race = Callback::from(move |leaf| leaf_race(leaf, workers, &session, is_ready));
            let evidence = state.evidence_at(path);
            let on_by_hand = dispatch.reform(|()| Action::Advised(None));
            html! {
                <DecidePage path={path.clone()} {workers} {evidence} {on_by_hand} {on_path} {race}
                    {on_shown} />
            }
        }
        Route::OwnWork(query) => {
            let on_query = dispatch.reform(|query: String| {
                let route = Route::OwnWork(query);
                page::replace_hash(&route.hash());
                Action::Went(route)
            });
            html! {
                <OwnWorkPage query={query.clone()} cores={machine.hardware_concurrency}
                    numbers={state.form.numbers} {on_query} {on_evidence} />
            }
        }
        Route::Profile(query) => {
            let on_query =
                Callback::from(|query: String| page::set_hash(&Route::Profile(query).hash()));
            let is_linked = !query.is_empty();
            let on_unlinked =
                Callback::from(|query: String| page::replace_hash(&Route::Profile(query).hash()));
            // Without one, what stands in the lab is profiled.
            let in_lab = || state.form.experiment().ok().map(|experiment| experiment.workload);
            let query = match in_lab().filter(|_| query.is_empty()) {
                Some(workload) => link::write(&Experiment::of(workload, 1), 1),
                None => query.clone(),
            };
            html! {
                <ProfilePage {query} {is_linked} {on_unlinked} capabilities={state.capabilities.clone()}
                    is_probed={state.is_probed} is_idle={state.is_idle()}
                    session={session.clone()} {on_query} {on_evidence} />
            }
        }
        Route::Map(query) => {
            let on_query =
                Callback::from(|query: String| page::set_hash(&Route::Map(query).hash()));
            html! {
                <MapPage query={query.clone()} capabilities={state.capabilities.clone()}
                    is_probed={state.is_probed} is_idle={state.is_idle()}
                    session={session.clone()} {on_query} />
            }
        }
        _ => html! {},
    }
}
