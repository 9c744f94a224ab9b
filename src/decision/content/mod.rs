//! The tree itself, in words.
//!
//! Its five answers are those of the background article: threads for tens to
//! hundreds of waits, an event loop for thousands, processes for computing on
//! one machine, a framework for several, and a hybrid for both. Three more are
//! ours: one thread where there is nothing to gain, threads where no lock is in
//! the way, and shared memory where the data outweighs the work.

mod leaves;
mod questions;

pub use questions::TREE;

#[cfg(test)]
mod tests {
    use super::super::path::{MAX_LEN, SEPARATOR, Walk, joined};
    use super::super::prose::{Piece, pieces};
    use super::super::tree::{Leaf, Model, Node, Question};
    use super::TREE;
    use super::leaves::{
        CLUSTER, EVENT_LOOP, HYBRID, ONE_THREAD, PROCESS_POOL, SHARED_MEMORY, THREAD_POOL, THREADS,
    };
    use crate::experiment::link;
    use crate::models::ExecutorKind::{EventLoop, Hybrid, Processes, Threads};
    use crate::models::{DataMode, Executor};
    use crate::programs::{Flavour, Program};
    use std::collections::{BTreeMap, BTreeSet};

    /// Deeper than any tree that a person would answer; a cycle would be.
    const DEEPEST: usize = 8;
    /// How wide a pool is where a link does not say.
    const CORES: u32 = 4;

    /// Every node with the path to it. Ends only if there is no cycle.
    fn nodes() -> Vec<(String, Node)> {
        fn visit(path: String, depth: usize, node: Node, found: &mut Vec<(String, Node)>) {
            assert!(depth < DEEPEST, "{path} does not end");
            found.push((path.clone(), node));
            for answer in node.answers() {
                visit(joined(&path, answer.id), depth + 1, answer.next, found);
            }
        }
        let mut found = Vec::new();
        visit(String::new(), 0, Node::Question(&TREE), &mut found);
        found
    }

    fn questions() -> Vec<&'static Question> {
        let question = |(_, node)| match node {
            Node::Question(question) => Some(question),
            Node::Leaf(_) => None,
        };
        nodes().into_iter().filter_map(question).collect()
    }

    fn leaves() -> Vec<&'static Leaf> {
        let leaf = |(_, node)| match node {
            Node::Leaf(leaf) => Some(leaf),
            Node::Question(_) => None,
        };
        nodes().into_iter().filter_map(leaf).collect()
    }

    #[test]
    fn every_path_is_the_one_written_here() {
        let paths: BTreeMap<_, _> = nodes()
            .into_iter()
            .filter(|(_, node)| node.answers().is_empty())
            .map(|(path, node)| (path, node.id()))
            .collect();
        let expected = [
            ("cpu.machines", "cluster"),
            ("cpu.one.bytecode.heavy", "shared-memory"),
            ("cpu.one.bytecode.light", "process-pool"),
            ("cpu.one.native", "threads"),
            ("io.hundreds", "thread-pool"),
            ("io.thousands", "event-loop"),
            ("little", "one-thread"),
            ("mixed", "hybrid"),
        ];
        assert_eq!(paths, expected.map(|(path, leaf)| (path.to_owned(), leaf)).into());
    }

    #[test]
    fn walking_any_path_reaches_its_node_and_spells_the_same_path() {
        for (path, node) in nodes() {
            assert!(path.len() <= MAX_LEN / 4, "{path}");
            let walk = Walk::parse(&TREE, &path).unwrap();
            assert_eq!(walk.here().id(), node.id());
            assert_eq!(walk.text(), path);
            assert_eq!(walk.is_complete(), node.answers().is_empty());
        }
    }

    #[test]
    fn every_leaf_written_here_is_reached() {
        let written = [
            &THREAD_POOL,
            &EVENT_LOOP,
            &THREADS,
            &PROCESS_POOL,
            &SHARED_MEMORY,
            &CLUSTER,
            &HYBRID,
            &ONE_THREAD,
        ];
        let ids = |leaves: &[&Leaf]| leaves.iter().map(|leaf| leaf.id).collect::<BTreeSet<_>>();
        assert_eq!(ids(&leaves()), ids(&written));
    }

    #[test]
    fn no_two_nodes_share_an_id_and_no_two_answers_either() {
        let all = nodes();
        let ids: BTreeSet<_> = all.iter().map(|(_, node)| node.id()).collect();
        assert_eq!(ids.len(), all.len());
        for question in questions() {
            let ids: BTreeSet<_> = question.answers.iter().map(|answer| answer.id).collect();
            assert_eq!(ids.len(), question.answers.len(), "{}", question.id);
            assert!(ids.len() >= 2, "{} leaves no choice", question.id);
        }
    }

    #[test]
    fn ids_need_no_escaping_in_a_link() {
        let answers = questions().into_iter().flat_map(|question| question.answers);
        for id in answers.map(|answer| answer.id).chain(nodes().iter().map(|(_, node)| node.id())) {
            assert!(id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{id}");
            assert!(!id.is_empty() && !id.contains(SEPARATOR));
        }
    }

    #[test]
    fn the_tree_is_small_enough_to_be_drawn() {
        assert!(questions().len() <= 7 && leaves().len() <= 9);
        // The page's introduction promises as much.
        let asked = nodes().iter().map(|(path, _)| path.split(SEPARATOR).count()).max();
        assert_eq!(asked, Some(4));
    }

    #[test]
    fn the_articles_five_answers_are_here() {
        let model = |path| Walk::parse(&TREE, path).unwrap().leaf().unwrap().model;
        assert_eq!(model("io.hundreds"), Model::Lab(Threads));
        assert_eq!(model("io.thousands"), Model::Lab(EventLoop));
        assert_eq!(model("cpu.one.bytecode.light"), Model::Lab(Processes));
        assert_eq!(model("cpu.machines"), Model::Machines);
        assert_eq!(model("mixed"), Model::Lab(Hybrid));
    }

    #[test]
    fn sentences_are_whole_and_their_code_is_closed() {
        let whole = |text: &str, end: char| {
            assert!(text.ends_with(end), "{text}");
            assert!(!text.contains("  ") && text.trim() == text, "{text}");
            assert!(text.matches('`').count().is_multiple_of(2), "{text}");
            for piece in pieces(text) {
                let Piece::Code(code) = piece else { continue };
                assert!(code.trim() == code && code.len() <= 48, "{code}");
            }
        };
        let label = |text: &str| {
            assert!(!text.is_empty() && text.len() <= 30, "{text}");
            assert!(text.starts_with(char::is_uppercase) && !text.ends_with('.'), "{text}");
        };
        for question in questions() {
            whole(question.text, '?');
            whole(question.short, '?');
            whole(question.how_to_find_out, '.');
            for answer in question.answers {
                label(answer.label);
                whole(answer.detail, '.');
            }
        }
        for leaf in leaves() {
            label(leaf.title);
            for text in [leaf.why, leaf.python, leaf.rust, leaf.in_the_lab] {
                whole(text, '.');
            }
            leaf.links.iter().for_each(|link| label(link.label));
        }
    }

    #[test]
    fn every_leaf_can_be_tried_and_its_link_names_its_model() {
        for leaf in leaves() {
            assert!(!leaf.links.is_empty(), "{}", leaf.id);
            let Model::Lab(kind) = leaf.model else { continue };
            for link in leaf.links {
                let query = link.query();
                let models = query.split('&').find_map(|pair| pair.strip_prefix("models="));
                let mut models = models.unwrap().split(',');
                let named = |model: &str| model.split(':').next() == Some(kind.id());
                assert!(models.any(named), "{} is not in {query}", kind.id());
            }
        }
    }

    #[test]
    fn every_leaf_has_programs_for_its_first_experiment() {
        for leaf in leaves() {
            let pairs = link::pairs(&leaf.links[0].query()).unwrap();
            let experiment = link::read(&pairs, CORES).unwrap().experiment;
            assert!(!leaf.programs.is_empty(), "{}", leaf.id);
            for &flavour in leaf.programs {
                let executor = leaf.model_of(flavour, &experiment.executors, CORES);
                let program = Program::new(&experiment.workload, &executor, flavour);
                assert!(program.is_ok(), "{}: {flavour:?} {program:?}", leaf.id);
            }
        }
        let shared = SHARED_MEMORY.model_of(Flavour::PythonProcesses, &[], CORES);
        assert_eq!(shared.options.data_mode, DataMode::Shared);
    }

    #[test]
    fn a_leaf_that_the_lab_cannot_run_says_so() {
        assert!(CLUSTER.in_the_lab.contains("only this one machine"));
    }

    #[test]
    fn the_lab_understands_every_link() {
        for link in leaves().into_iter().flat_map(|leaf| leaf.links) {
            let pairs = link::pairs(&link.query()).unwrap();
            let linked = link::read(&pairs, CORES).unwrap();
            assert_eq!(linked.refused, [], "{}", link.query());
            let experiment = linked.experiment;
            assert_eq!(experiment.workload.id(), link.workload);
            let models: Vec<_> = experiment.executors.iter().map(Executor::kind).collect();
            assert_eq!(models, link.models.iter().map(|(kind, _)| *kind).collect::<Vec<_>>());
            for (executor, (_, workers)) in experiment.executors.iter().zip(link.models) {
                assert!(workers.is_none_or(|workers| executor.workers() == workers));
            }
        }
    }

    #[test]
    fn no_link_keeps_a_reader_waiting_for_minutes() {
        // What waits can be reckoned: every round of every model, in milliseconds.
        for link in leaves().into_iter().flat_map(|leaf| leaf.links) {
            let pairs = link::pairs(&link.query()).unwrap();
            let experiment = link::read(&pairs, CORES).unwrap().experiment;
            let work = experiment.workload.work();
            let delay_ms = |task| work.request(task).map_or(0, |request| request.delay_ms);
            let waits_ms: u64 = (0..work.task_count()).map(delay_ms).sum();
            let once_ms: u64 = experiment
                .executors
                .iter()
                .filter(|executor| executor.kind() != EventLoop)
                .map(|executor| waits_ms / u64::from(executor.workers()))
                .sum();
            // Warming up ends with the first sample beyond its budget, of each model.
            let models = experiment.executors.len() as u64;
            let patience_ms = models * 2_000 + once_ms;
            let warming_ms = patience_ms.min(once_ms * u64::from(experiment.warmup));
            let measuring_ms = once_ms * u64::from(experiment.repeats.fewest());
            assert!(warming_ms + measuring_ms < 30_000, "{}", link.query());
        }
    }
}
