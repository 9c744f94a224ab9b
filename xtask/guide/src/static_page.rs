//! Static pages: a chapter, the table of contents, the glossary. They have no script, and read and
//! print as they are.

use crate::markdown::escaped;
use crate::source::{Built, Guide};
use crate::static_block;
use concurrency_playground::guide::chapter::{Chapter, Part};
use concurrency_playground::guide::contents::{CHAPTERS, Entry, next, position};

/// A chapter's page.
pub fn chapter(chapter: &Built) -> String {
    let Built { live, static_parts, recorded } = chapter;
    let Chapter { id, title, goal, minutes, .. } = live;
    let mut body = format!(
        "<p class=\"facts\">Chapter {} · {minutes} minutes · <em>after this you can {}</em></p>\n\
         <h1>{}</h1>\n\
         <p class=\"live\"><a href=\"../#/guide/{id}\">Open this chapter in the playground</a> to run \
         the experiments and answer the questions. Results on this page were recorded on {}, \
         {}.</p>\n",
        position(id).unwrap_or_default() + 1,
        escaped(goal),
        escaped(title),
        escaped(&recorded.device),
        escaped(&recorded.date),
    );
    for (part, live_part) in static_parts.iter().zip(&live.parts) {
        body += &match part {
            Part::Html(html) => html.clone(),
            _ => static_block::block(live_part, live, recorded),
        };
    }
    if let Some(Entry { id, title, .. }) = next(id) {
        body +=
            &format!("<p class=\"next\"><a href=\"{id}.html\">Next: {}</a></p>\n", escaped(title));
    }
    page(title, &nav(Some(id)), &body)
}

/// The table of contents.
pub fn contents(guide: &Guide) -> String {
    let entry = |at: usize| {
        let written = &guide.written[at];
        format!(
            "<li><a href=\"{}.html\">{}</a><br>After this you can {}.</li>\n",
            written.id,
            escaped(&written.front.title),
            escaped(&written.front.goal)
        )
    };
    let entries: String = (0..guide.written.len()).map(entry).collect();
    let body = format!(
        "<h1>Guide to concurrency</h1>\n\
         <p class=\"live\"><a href=\"../#/guide\">Open the guide in the playground</a> to run its \
         experiments.</p>\n<ol>\n{entries}</ol>\n\
         <p><a href=\"glossary.html\">Glossary</a></p>\n"
    );
    page("Guide", &nav(None), &body)
}

/// The glossary.
pub fn glossary(guide: &Guide) -> String {
    let terms = &guide.glossary.terms;
    let name = |id: &str| {
        let term = terms.iter().find(|term| term.id == id);
        term.map_or_else(String::new, |term| {
            format!("<a href=\"#{id}\">{}</a>", escaped(&term.term))
        })
    };
    let mut body = String::from("<h1>Glossary</h1>\n<dl class=\"glossary\">\n");
    for term in terms {
        let see: Vec<_> = term.see.iter().map(|id| name(id)).collect();
        let see = match see.is_empty() {
            true => String::new(),
            false => format!(" <span class=\"see\">See {}.</span>", see.join(", ")),
        };
        body += &format!(
            "<dt id=\"{}\">{}</dt>\n<dd>{}{see}</dd>\n",
            term.id,
            escaped(&term.term),
            escaped(&term.means)
        );
    }
    page("Glossary", &nav(None), &(body + "</dl>\n"))
}

fn nav(here: Option<&str>) -> String {
    let entry = |entry: &Entry| {
        let current = match here == Some(entry.id) {
            true => " aria-current=\"page\"",
            false => "",
        };
        format!("<li><a href=\"{}.html\"{current}>{}</a></li>\n", entry.id, escaped(entry.title))
    };
    let entries: String = CHAPTERS.iter().map(entry).collect();
    format!(
        "<details>\n<summary>Chapters</summary>\n<ol>\n{entries}</ol>\n\
         <p><a href=\"glossary.html\">Glossary</a></p>\n</details>\n"
    )
}

fn page(title: &str, nav: &str, body: &str) -> String {
    let title = escaped(title);
    format!(
        "<!doctype html>\n\
         <html lang=\"en\">\n\
         <head>\n\
         <meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'\">\n\
         <title>{title} · Concurrency Playground</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <link rel=\"icon\" type=\"image/svg+xml\" href=\"../icon.svg\">\n\
         <link rel=\"stylesheet\" href=\"../style.css\">\n\
         <link rel=\"stylesheet\" href=\"../models.css\">\n\
         <link rel=\"stylesheet\" href=\"../code.css\">\n\
         <link rel=\"stylesheet\" href=\"../guide.css\">\n\
         <link rel=\"stylesheet\" href=\"../print.css\" media=\"print\">\n\
         </head>\n\
         <body>\n\
         <header class=\"head\"><a class=\"brand\" href=\"../\">Concurrency Playground</a></header>\n\
         <main class=\"guide\">\n\
         <nav class=\"contents\" aria-label=\"Chapters\">\n{nav}</nav>\n\
         <article class=\"chapter\">\n{body}</article>\n\
         </main>\n\
         </body>\n\
         </html>\n"
    )
}
