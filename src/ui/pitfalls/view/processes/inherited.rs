//! The table of what a child process has of its parent.

use crate::measure::format;
use crate::pitfalls::programs::processes::inheriting::{COUNTER, Child, LOADED_BYTES, LockState};
use yew::prelude::*;

/// Parent and child side by side.
pub fn table(child: &Child) -> Html {
    let lock = match child.lock {
        LockState::Free => "gets it".to_owned(),
        LockState::NeverReleased { waited_ms } => {
            format!("waits for it: ended after {}", format::duration(waited_ms))
        }
    };
    let rows = [
        ("counter", "Global counter", COUNTER.to_string(), child.counter.to_string()),
        (
            "data",
            "Loaded data",
            format::memory(LOADED_BYTES.into()),
            format::memory(child.loaded_bytes.into()),
        ),
        ("lock", "Global lock", "gets it".to_owned(), lock),
        ("copied", "Memory copied", "—".to_owned(), format::memory(child.copied_bytes)),
        ("start", "Ready after", "—".to_owned(), format::duration(child.start_ms)),
    ];
    html! {
        <table class="inherited">
            <thead><tr>
                <td></td>
                <th scope="col">{ "Parent" }</th>
                <th scope="col">{ format!("Child by {}", child.start.name()) }</th>
            </tr></thead>
            <tbody>
                { for rows.into_iter().map(|(id, what, parent, child)| html! {
                    <tr data-inherited={id}>
                        <th scope="row">{ what }</th>
                        <td>{ parent }</td>
                        <td>{ child }</td>
                    </tr>
                }) }
            </tbody>
        </table>
    }
}
