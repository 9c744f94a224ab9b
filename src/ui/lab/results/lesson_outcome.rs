//! Whether a preset showed here what it is about.

use crate::measure::lesson;
use crate::ui::lab::state::State;
use yew::prelude::*;

/// A line about the preset that was run; nothing where none was, or where its models were
/// not all in the run.
pub fn lesson_outcome(state: &State) -> Html {
    let results = state.results.as_ref().filter(|results| results.scaling().is_none());
    let told = results.and_then(|results| {
        let preset = lesson::preset_of(&results.experiment)?;
        Some((preset, lesson::outcome(preset.lesson, &results.finished.report)?))
    });
    let Some((preset, outcome)) = told else { return Html::default() };
    html! {
        <p id="lesson-outcome" data-outcome={outcome.id()}>
            { format!("“{}”: {} {}", preset.name, preset.lesson.title(), outcome.text()) }
        </p>
    }
}
