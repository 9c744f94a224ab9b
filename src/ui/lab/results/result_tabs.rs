//! The tabs below the rows, as the ARIA authoring practices have them: one view at a
//! time, and only that one is drawn.

use crate::ui::lab::page::LabPage;
use crate::ui::lab::state::{Action, Results, State};
use crate::ui::lab::tabs::Tab;
use std::rc::Rc;
use yew::prelude::*;

/// The id of the view that is open.
const PANEL: &str = "view";

/// The tabs around `view`, the open one.
pub fn result_tabs(state: &State, page: &LabPage, view: Html) -> Html {
    let open = state.tab();
    let on_tab = page.on_tab();
    let onkeydown = {
        let (on_tab, on_focus) = (on_tab.clone(), page.on_focus());
        Callback::from(move |event: KeyboardEvent| {
            // The browser's own keys stay its own.
            if event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key() {
                return;
            }
            if let Some(next) = open.after_key(&event.key()) {
                event.prevent_default();
                on_focus.emit(id_of(next));
                on_tab.emit(next);
            }
        })
    };
    let tab = |tab: Tab| {
        let onclick = on_tab.reform(move |_: MouseEvent| tab);
        html! {
            <button type="button" role="tab" class="tab" id={id_of(tab)} {onclick} disabled={!state.is_idle()}
                aria-selected={(tab == open).to_string()} aria-controls={PANEL}
                tabindex={if tab == open { "0" } else { "-1" }}>{ tab.title() }</button>
        }
    };
    let results = state.results.as_ref().filter(|_| open.is_of_one_model());
    // While something is measured, nothing here may be changed: it would draw. What
    // sharing costs is measured in the view itself.
    let inert = state.is_locked();
    html! {
        <section class="card views" aria-label="Views of the result" {inert}>
            <div class="tabs" role="tablist" aria-label="Views of the result" {onkeydown}>
                { for Tab::ALL.map(tab) }
            </div>
            <div class="view" role="tabpanel" id={PANEL} aria-labelledby={id_of(open)} tabindex="-1" key={open.id()}>
                { results.map(|results| models(results, state.shown, &page.dispatch)) }
                { view }
            </div>
        </section>
    }
}

fn id_of(tab: Tab) -> String {
    format!("tab-{}", tab.id())
}

/// Which of the models the view is about.
fn models(results: &Rc<Results>, shown: usize, dispatch: &Callback<Action>) -> Html {
    let outcomes = results.finished.report.results.iter().enumerate();
    let choice = |(at, outcome): (usize, &crate::measure::report::Outcome)| {
        let onclick = dispatch.reform(move |_: MouseEvent| Action::Showed(at));
        let model = outcome.executor.kind().class();
        html! {
            <button type="button" class="segment" aria-pressed={(at == shown).to_string()} {onclick}>
                <span class={classes!("chip", model)} aria-hidden="true"></span>
                { outcome.executor.label() }
            </button>
        }
    };
    html! {
        <div class="segments" id="models-shown" role="group" aria-label="Model shown">
            { for outcomes.map(choice) }
        </div>
    }
}
