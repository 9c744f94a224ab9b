//! The result of the work in a readable form: a picture, words, points, or a line of text.

use crate::ui::charts::dots::Estimate;
use crate::ui::charts::view::framed::empty;
use crate::ui::charts::{dots, px, words};
use crate::ui::lab::results::blurred::Blurred;
use crate::ui::lab::state::Results;
use crate::ui::shell::hooks::use_width;
use crate::wording::grouped;
use crate::workloads::Workload;
use crate::workloads::answer::{Answer, AnswerValue};
use std::rc::Rc;
use yew::prelude::*;

/// The widest that the square of points gets, in px.
const SQUARE: f64 = 420.0;
/// The height of the place before there is anything, in px.
const PLACE: f64 = 160.0;
/// How much of a digest is shown, in digits.
const DIGITS: usize = 16;

/// The card. `shown` is the model whose answer it is.
pub fn answer_view(results: Option<&Rc<Results>>, shown: usize) -> Html {
    let answer = results.and_then(|results| answer(results, shown));
    let body = match (results, answer) {
        (Some(results), Some(answer)) => body(results, shown, answer),
        (Some(_), None) => html! { <p class="help">{ "No model gave an answer." }</p> },
        (None, _) => empty(PLACE, "The result of the work appears here."),
    };
    html! {
        <section class="card chart" id="came-out" aria-label="Result of the work">
            <div class="chart-head"><h2 class="label">{ "Result of the work" }</h2></div>
            { body }
        </section>
    }
}

/// The answer of the model that is shown, else of the first that has one.
fn answer(results: &Results, shown: usize) -> Option<&Answer> {
    let outcomes = &results.finished.report.results;
    let of_shown = outcomes.get(shown).and_then(|outcome| outcome.answer.as_ref());
    of_shown.or_else(|| outcomes.iter().find_map(|outcome| outcome.answer.as_ref()))
}

fn body(results: &Rc<Results>, shown: usize, answer: &Answer) -> Html {
    let view = match (&results.experiment.workload, &answer.value) {
        // A report does not hold the picture.
        (Workload::Blur(_), _) if !results.is_opened => {
            html! { <Blurred results={results.clone()} {shown} /> }
        }
        (_, Some(AnswerValue::Words(words))) => word_bars(words),
        (Workload::MonteCarloPi(_), Some(AnswerValue::Count(inside))) => {
            points(results, *inside).unwrap_or_default()
        }
        _ => Html::default(),
    };
    html! {
        <>
            <p class="summary" id="summary">{ answer.summary.sentence() }</p>
            { view }
            { digest(answer) }
        </>
    }
}

fn digest(answer: &Answer) -> Html {
    let short = answer.digest.get(..DIGITS).unwrap_or(&answer.digest);
    html! {
        <p class="help">
            { "SHA-256 of the answer: " }<code title={answer.digest.clone()}>{ format!("{short}…") }</code>
        </p>
    }
}

fn word_bars(found: &[(String, u64)]) -> Html {
    let row = |bar: words::WordBar| {
        html! {
            <tr>
                <th scope="row">{ bar.word }</th>
                <td class="bar-cell"><svg width="100%" height="14" aria-hidden="true">
                    <rect class="word-bar" width={bar.width} height="14" />
                </svg></td>
                <td>{ bar.count }</td>
            </tr>
        }
    };
    html! {
        <table class="words">
            <caption class="visually-hidden">{ "The most frequent words" }</caption>
            <thead class="visually-hidden"><tr>
                <th scope="col">{ "Word" }</th><td></td><th scope="col">{ "Times" }</th>
            </tr></thead>
            <tbody>{ for words::bars(found).into_iter().map(row) }</tbody>
        </table>
    }
}

fn points(results: &Results, inside: u64) -> Option<Html> {
    let params = results.experiment.workload.params();
    let number = |name: &str| params.get(name)?.as_u64();
    let (samples, seed) = (number("samples")?, number("seed")?);
    Some(html! { <Points {samples} {seed} {inside} /> })
}

/// See [`Points`].
#[derive(PartialEq, Properties)]
struct PointsProps {
    samples: u64,
    seed: u64,
    inside: u64,
}

/// The first points of an estimate of π, and how good it is.
#[component]
fn Points(props: &PointsProps) -> Html {
    let (node, width) = use_width(SQUARE);
    let side = width.min(SQUARE);
    let drawn = use_memo((props.samples, props.seed, side as u32), |(samples, seed, side)| {
        dots::dots(*samples, *seed, f64::from(*side))
    });
    let said = Estimate::of(props.samples, props.inside).sentence();
    let shown = grouped(drawn.drawn);
    let which = format!("The first {shown} points: inside the circle a dot, outside a cross.");
    html! {
        <div ref={node} class="points">
            <svg width={px(side)} height={px(side)} role="img" aria-label={which.clone()}>
                <rect class="ground" width={px(side)} height={px(side)} />
                <path class="inside" d={drawn.inside.clone()} />
                <path class="outside" d={drawn.outside.clone()} />
                <path class="arc" d={drawn.arc.clone()} />
            </svg>
            <div>
                <p>{ said }</p>
                <p class="help">{ which }</p>
            </div>
        </div>
    }
}
