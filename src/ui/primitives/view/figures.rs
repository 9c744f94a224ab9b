//! The figures of a demonstration.

use crate::measure::format;
use crate::pitfalls::programs::primitive::demonstrated::Demonstrated;
use crate::pitfalls::programs::primitive::stretch::thread_name;
use crate::primitives::definition::Primitive;
use crate::ui::decide::words::words;
use yew::prelude::*;

/// How often it was had, how often and how long threads waited, and what one use costs.
pub fn figures(came: &Demonstrated, primitive: &'static Primitive) -> Html {
    let longest = came.longest_wait().map_or_else(
        || "nobody waited".to_owned(),
        |(thread, wait)| {
            format!("{} ({})", format::duration(wait.duration_ms()), thread_name(thread))
        },
    );
    let figure = |id: &'static str, name: Html, value: String| {
        html! { <div data-figure={id}><dt>{ name }</dt><dd>{ value }</dd></div> }
    };
    let cost = html! {
        <>{ "Cost of " }{ words(primitive.one_use) }{ " where nobody waits" }</>
    };
    html! {
        <dl class="demo-figures">
            { figure("got", html! { primitive.got }, came.got.to_string()) }
            { figure("waited", html! { "Waits" }, came.waited().to_string()) }
            { figure("longest", html! { "Longest wait" }, longest) }
            { figure("cost", cost, format!("{} ns", format::digits(came.cost_ns))) }
        </dl>
    }
}

/// Figures with their names.
pub fn list_of(figures: Vec<(&'static str, String)>) -> Html {
    html! {
        <dl class="demo-figures">
            { for figures.into_iter().map(|(name, value)| html! {
                <div><dt>{ name }</dt><dd>{ value }</dd></div>
            }) }
        </dl>
    }
}
