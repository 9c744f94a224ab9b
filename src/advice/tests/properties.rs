//! What must hold whatever the work is.

use super::*;

/// Work of any kind that the cost model is made for.
fn works() -> impl Strategy<Value = Evidence> {
    (1u64..5_000, 0.001f64..200.0, 0.0f64..500.0, 0.0f64..1e6, 1.0f64..16.0, any::<bool>())
        .prop_map(|(tasks, compute_ms, wait_ms, bytes, cores, holds_gil)| {
            // Half of all work waits for nothing.
            let wait_ms = if wait_ms < 250.0 { 0.0 } else { wait_ms };
            evidence(json!({
                "tasks": tasks,
                "computeMs": compute_ms,
                "waitMs": wait_ms,
                "bytesIn": bytes,
                "cores": cores,
                "holdsGil": holds_gil,
            }))
        })
}

fn costs() -> impl Strategy<Value = Costs> {
    (prop::sample::select(Lens::ALL.to_vec()), any::<bool>())
        .prop_map(|(lens, counts_start)| Costs { counts_start, ..home::costs(lens) })
}

/// Every model, with options as they come.
fn models() -> impl Strategy<Value = Executor> {
    let kinds = prop::sample::select(ExecutorKind::ALL.to_vec());
    (kinds, 1u32..64, 0u32..40).prop_map(|(kind, workers, chunk)| {
        let mut executor = Executor::new(kind, 1).with_workers(workers);
        if kind == ExecutorKind::Processes {
            executor.options.chunk_size = chunk;
        }
        executor
    })
}

/// Sums of floats differ in their last digits.
const ROUNDING: f64 = 1.0 + 1e-9;

fn total_ms(executor: &Executor, evidence: &Evidence, costs: &Costs) -> Option<f64> {
    terms(executor, evidence, costs).map(|terms| terms.total_ms())
}

proptest! {
    #[test]
    fn more_tasks_are_never_faster(work in works(), costs in costs(), executor in models()) {
        let mut more = work.clone();
        more.work.tasks += 1;
        let both = total_ms(&executor, &work, &costs).zip(total_ms(&executor, &more, &costs));
        if let Some((fewer_ms, more_ms)) = both {
            prop_assert!(fewer_ms <= more_ms * ROUNDING, "{} then {}", fewer_ms, more_ms);
        }
    }

    #[test]
    fn longer_tasks_larger_payloads_and_fewer_cores_are_never_faster(
        work in works(), costs in costs(), executor in models(),
    ) {
        let change: [fn(&mut Evidence); 4] = [
            |one| one.work.compute_ms = one.work.compute_ms.around(one.work.compute_ms.mean * 1.5),
            |one| one.work.wait_ms = one.work.wait_ms.around(one.work.wait_ms.mean * 1.5),
            |one| one.work.bytes_in += 10_000.0,
            |one| one.cores.value = (one.cores.value / 2.0).max(1.0),
        ];
        let before = total_ms(&executor, &work, &costs);
        for change in change {
            let mut slower = work.clone();
            change(&mut slower);
            if let Some((before, after)) = before.zip(total_ms(&executor, &slower, &costs)) {
                prop_assert!(before <= after * ROUNDING, "{} then {}", before, after);
            }
        }
    }

    #[test]
    fn terms_add_up_and_none_is_negative(work in works(), costs in costs(), executor in models()) {
        if let Some(found) = terms(&executor, &work, &costs) {
            let sum: f64 = Term::ALL.into_iter().map(|term| found.ms(term)).sum();
            prop_assert!((sum - found.total_ms()).abs() <= 1e-9 * sum);
            prop_assert!(Term::ALL.into_iter().all(|term| found.ms(term) >= 0.0));
        }
    }

    #[test]
    fn no_pool_computes_faster_than_its_cores(work in works(), costs in costs(), executor in models()) {
        if let Some(found) = terms(&executor, &work, &costs) {
            let all_ms = work.work.tasks as f64 * work.work.compute_ms.mean;
            prop_assert!(found.total_ms() * ROUNDING >= all_ms / work.cores.value);
        }
    }

    #[test]
    fn interval_holds_the_median(work in works(), costs in costs(), executor in models()) {
        if let Some(found) = Prediction::of(&executor, &work, &costs) {
            let [low, high] = found.interval90_ms;
            prop_assert!(0.0 < low && low < found.median_ms && found.median_ms < high);
            prop_assert!(high.is_finite());
        }
    }

    #[test]
    fn any_work_is_advised(work in works(), lens in prop::sample::select(Lens::ALL.to_vec())) {
        let advice = advise(lens, work, None).expect("it can be advised");
        prop_assert!(lens.models().contains(&advice.recommended.kind()));
        prop_assert!(lens.leaves().iter().any(|leaf| leaf.id == advice.leaf.id));
        prop_assert!((0.0..=1.0).contains(&advice.certainty.likelihood));
        // Nothing that is left is much faster.
        prop_assert!(advice.alternatives.iter().all(|one| one.times * AS_FAST * ROUNDING >= 1.0));
        prop_assert!(advice.caveats.iter().all(|caveat| !caveat.message().contains("NaN")));
    }

    #[test]
    fn messages_are_no_more_than_tasks_and_grow_with_them(
        tasks in 1u32..100_000, task_ms in 0.001f64..300.0, workers in 1u32..32,
    ) {
        let of = |tasks: u32| messages(tasks.into(), task_ms, workers.into());
        prop_assert!(of(tasks) <= f64::from(tasks) * ROUNDING);
        prop_assert!(of(tasks) <= of(tasks + 1) * ROUNDING);
    }

    #[test]
    fn any_question_is_answered(work in works(), lens in prop::sample::select(Lens::ALL.to_vec())) {
        let costs = home::costs(lens);
        let (steps, _) = answering::walk(&TREE, lens, &work, &costs).expect("all is answered");
        prop_assert!(steps.iter().all(|step| step.margin.is_none_or(|margin| margin >= 1.0)));
        prop_assert!(matches!(work.source, Source::Stated));
        prop_assert!(sizing::busy_workers(&work) >= 1);
    }
}
