//! A team of threads: whoever joins a job is waited for, nobody is in it before or after, nobody joins
//! twice, and all are let go.

use crate::explore;
use crate::team::Team;
use loom::cell::UnsafeCell;
use loom::sync::Arc;
use loom::thread;

/// So many members, and a leader with so many jobs, which prepares each alone.
fn jobs_of_a_team(members: usize, jobs: usize) {
    let team = Arc::new(Team::default());
    // loom fails where someone is in it while the leader writes it.
    let prepared = Arc::new(UnsafeCell::new(()));
    let others: Vec<_> = (0..members)
        .map(|_| {
            let (team, prepared) = (team.clone(), prepared.clone());
            thread::spawn(move || {
                let mut last = 0;
                team.serve(|job: usize| {
                    assert!(job > last, "joined twice");
                    last = job;
                    prepared.with(|_| ());
                });
            })
        })
        .collect();
    for job in 1..=jobs {
        prepared.with_mut(|_| ());
        team.open(job);
        team.close();
        prepared.with_mut(|_| ());
    }
    team.dismiss();
    for other in others {
        other.join().expect("no thread panics");
    }
}

#[test]
fn a_member_is_at_a_job_only_while_that_is_open() {
    explore(None, || jobs_of_a_team(1, 2));
}

#[test]
fn two_members_are_waited_for() {
    explore(Some(3), || jobs_of_a_team(2, 1));
}
