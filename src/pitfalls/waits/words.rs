//! Who waits for whom, in sentences: the same content as the drawing.

use super::snapshot::Snapshot;
use crate::pitfalls::programs::cast::Cast;
use crate::sync::progress::Doing;

/// "Thread 1 waits for lock B (held by thread 2). Thread 2 waits for lock A (held by thread 1)."
pub fn of(snapshot: &Snapshot, cast: &Cast) -> String {
    let sentences = snapshot.deadlocked().into_iter().filter_map(|actor| {
        let Doing::WaitsFor(resource) = snapshot.doing(actor) else { return None };
        let (who, what) = (cast.actors.get(actor)?, cast.resources.get(resource)?);
        let givers = snapshot.givers(resource).filter_map(|giver| cast.actors.get(giver));
        let givers: Vec<_> = givers.map(|giver| named(giver, "the ")).collect();
        let who = if is_numbered(who) { (*who).to_owned() } else { named(who, "The ") };
        Some(format!("{who} waits for {} ({} {}).", what.name, what.by, givers.join(" and ")))
    });
    sentences.collect::<Vec<_>>().join(" ")
}

/// An actor within a sentence: with `article`, unless it has a number.
fn named(actor: &str, article: &str) -> String {
    let article = if is_numbered(actor) { "" } else { article };
    format!("{article}{}", actor.to_lowercase())
}

fn is_numbered(actor: &str) -> bool {
    actor.ends_with(|last: char| last.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pitfalls::programs::lock_order::CAST;
    use crate::pitfalls::programs::queue_deadlock::QueueDeadlock;
    use crate::sync::progress::{Progress, WORDS};
    use std::sync::atomic::{AtomicU32, Ordering};

    #[test]
    fn each_wait_is_a_sentence() {
        let words = [const { AtomicU32::new(0) }; WORDS];
        let progress = Progress::new(&words);
        progress.is_up_to(0, &[0]);
        progress.is_up_to(1, &[1]);
        progress.waits_for(0, 1);
        progress.waits_for(1, 0);
        let snapshot = Snapshot::new(words.map(|word| word.load(Ordering::Relaxed)));
        assert_eq!(
            of(&snapshot, &CAST),
            "Thread 1 waits for lock B (held by thread 2). Thread 2 waits for lock A (held by \
             thread 1)."
        );
        assert!(
            of(&snapshot, QueueDeadlock::JoinFirst.cast())
                .starts_with("The parent waits for room in the queue (made only by the producer).")
        );
    }

    #[test]
    fn without_a_deadlock_there_is_nothing_to_say() {
        assert_eq!(of(&Snapshot::new([0; WORDS]), &CAST), "");
    }
}
