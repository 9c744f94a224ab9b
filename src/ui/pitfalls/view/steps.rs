//! How an addition is lost, step by step.

use crate::pitfalls::content::LOST_UPDATE_STEPS;
use crate::pitfalls::id::PitfallId;
use yew::prelude::*;

/// The steps, on the page that they belong to.
pub fn steps(pitfall: PitfallId) -> Html {
    if pitfall != PitfallId::LostUpdate {
        return html! {};
    }
    let head = ["Thread 1", "Thread 2", "Counter"];
    html! {
        <table class="steps">
            <caption class="help">{ "Two additions, and the counter has risen by 1" }</caption>
            <thead><tr>{ for head.map(|name| html! { <th scope="col">{ name }</th> }) }</tr></thead>
            <tbody>
                { for LOST_UPDATE_STEPS.iter().map(|step| html! {
                    <tr>{ for step.map(|what| html! { <td>{ what }</td> }) }</tr>
                }) }
            </tbody>
        </table>
    }
}
