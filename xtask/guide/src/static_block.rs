//! Experiments, predictions and claims on static pages, with what was recorded.

use crate::markdown::escaped;
use concurrency_playground::guide::block::{ExperimentBlock, Lesson, Prediction};
use concurrency_playground::guide::chapter::{Chapter, Part};
use concurrency_playground::guide::claim::Claim;
use concurrency_playground::guide::measured::Measurements;
use concurrency_playground::guide::quoting::{Quoted, QuotingText};
use concurrency_playground::guide::recorded::Recorded;
use concurrency_playground::measure::format;

/// A block of `chapter`.
pub fn block(part: &Part, chapter: &Chapter, recorded: &Recorded) -> String {
    match part {
        Part::Html(html) => html.clone(),
        Part::Experiment(block) => experiment(block, recorded),
        Part::Predict(asked) => prediction("Predict", asked, recorded),
        Part::Question(asked) => prediction("Question", asked, recorded),
        Part::Lesson(block) => lesson(block, chapter, recorded),
        Part::Claims(claims) => claims.iter().map(|it| claim(it, recorded)).collect(),
    }
}

fn experiment(block: &ExperimentBlock, recorded: &Recorded) -> String {
    let recorded = recorded.runs.get(&block.run);
    let after = block.after.as_ref().zip(recorded).map(|(text, run)| paragraph(text, run));
    format!(
        "<section class=\"card block\">\n<p class=\"block-kind\">Experiment</p>\n<h3>{}</h3>\n{}{}{}</section>\n",
        escaped(&block.title),
        recorded.map(table).unwrap_or_default(),
        after.unwrap_or_default(),
        lab_link(&block.run)
    )
}

fn prediction(kind: &str, asked: &Prediction, recorded: &Recorded) -> String {
    let choices: String = asked
        .choices
        .iter()
        .map(|choice| format!("<li>{}</li>\n", escaped(&choice.text)))
        .collect();
    let outcome = recorded.runs.get(&asked.run).map(|run| {
        let right = asked.right(run).map(|at| &asked.choices[at].text);
        let right =
            right.map(|text| format!("<p>Recorded: <strong>{}</strong>.</p>\n", escaped(text)));
        format!(
            "<details><summary>What came out</summary>\n{}{}{}</details>\n",
            right.unwrap_or_default(),
            table(run),
            paragraph(&asked.after, run)
        )
    });
    format!(
        "<section class=\"card block\">\n<p class=\"block-kind\">{kind}</p>\n<h3>{}</h3>\n<ul>\n{choices}</ul>\n{}{}</section>\n",
        escaped(&asked.ask),
        outcome.unwrap_or_default(),
        lab_link(&asked.run)
    )
}

fn lesson(lesson: &Lesson, chapter: &Chapter, recorded: &Recorded) -> String {
    let run = chapter.parts.iter().filter_map(Part::run).find(|(id, _)| *id == lesson.of);
    let recorded = run.and_then(|(_, run)| recorded.runs.get(run));
    recorded
        .map(|run| format!("<div class=\"lesson\">{}</div>\n", paragraph(&lesson.text, run)))
        .unwrap_or_default()
}

fn claim(claim: &Claim, recorded: &Recorded) -> String {
    let recorded = claim.run.as_ref().and_then(|run| recorded.runs.get(run));
    let mut html = format!(
        "<section class=\"card block\" id=\"{}\">\n<p class=\"block-kind\">{}</p>\n<h3>{}</h3>\n",
        escaped(&claim.id),
        escaped(&claim.section),
        escaped(&claim.says)
    );
    if let Some((because, run)) = claim.because.as_ref().zip(recorded) {
        let verdict = claim.verdict(run).title().replace(" here", "");
        html +=
            &format!("<p>Recorded: <strong>{verdict}</strong>.</p>\n{}", paragraph(because, run));
    }
    if let Some(why) = &claim.untestable {
        html += &format!("<p><strong>Not testable in a browser.</strong> {}</p>\n", escaped(why));
    }
    if let Some(measured) = &claim.measured {
        html += &format!("<p>Measured elsewhere: {}</p>\n", escaped(measured));
    }
    if let Some(today) = &claim.today {
        let since = claim.since.as_ref().map(|since| format!(" (since {})", escaped(since)));
        html += &format!(
            "<p><strong>Today{}:</strong> {}</p>\n",
            since.unwrap_or_default(),
            escaped(today)
        );
    }
    if let Some(source) = &claim.source {
        html += &format!("<p><a href=\"{0}\">{0}</a></p>\n", escaped(source));
    }
    html += &claim.run.as_deref().map(lab_link).unwrap_or_default();
    html + "</section>\n"
}

fn table(run: &Measurements) -> String {
    let row = |model: &concurrency_playground::guide::measured::ModelMeasurements| {
        let time = model.median_ms.map_or_else(|| "no result".to_owned(), format::duration);
        let range = model.interval_ms.map(|[low, high]| format::range(low, high));
        format!(
            "<tr><th scope=\"row\">{}</th><td>{time}</td><td>{}</td></tr>\n",
            escaped(&model.name),
            range.unwrap_or_default()
        )
    };
    let rows: String = run.models.iter().map(row).collect();
    format!(
        "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Results\"><table>\n<thead><tr><th scope=\"col\">Model</th>\
         <th scope=\"col\">Median time</th><th scope=\"col\">95% interval</th></tr></thead>\n\
         <tbody>\n{rows}</tbody></table></div>\n"
    )
}

fn paragraph(text: &QuotingText, run: &Measurements) -> String {
    let piece = |piece: Quoted| match piece {
        Quoted::Text(text) => escaped(&text),
        Quoted::Figure(figure) => format!("<strong>{}</strong>", escaped(&figure)),
    };
    let text: String = text.quote(run).into_iter().map(piece).collect();
    format!("<p>{text}</p>\n")
}

fn lab_link(run: &str) -> String {
    format!("<p class=\"run\"><a href=\"../#/lab?{}\">Run it in the lab</a></p>\n", escaped(run))
}
