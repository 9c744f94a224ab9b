//! Jobs through memory: none is lost, none is done twice, and the pool ends when it is to leave or to
//! stop, whatever it is at.

use crate::explore;
use crate::job_channel::{BlockingWords, JobReceiver, JobSender, Word, Words};
use crate::primitives::{AtomicU32, Condvar, Mutex, Ordering};
use loom::sync::{Arc, mpsc};
use loom::thread;

/// Words of shared memory, and who waits for one of them.
#[derive(Clone, Default)]
struct Memory(Arc<(Mutex<()>, Condvar, [AtomicU32; Word::COUNT])>);

impl Words for Memory {
    fn load(&self, word: Word) -> u32 {
        self.0.2[word as usize].load(Ordering::SeqCst)
    }

    fn store(&self, word: Word, value: u32) {
        self.0.2[word as usize].store(value, Ordering::SeqCst);
    }

    fn wake(&self, _word: Word) {
        // Whoever waits looks at its word again.
        drop(self.0.0.lock());
        self.0.1.notify_all();
    }
}

impl BlockingWords for Memory {
    /// Comparing and falling asleep are one step, as in `memory.atomic.wait32`.
    fn wait(&self, word: Word, value: u32) {
        let guard = self.0.0.lock().expect("no thread panics");
        if self.load(word) == value {
            drop(self.0.1.wait(guard));
        }
    }
}

/// The page waits for a job by `Atomics.waitAsync`, which compares and falls asleep in one step, too.
fn await_done(jobs: &JobSender<Memory>) {
    while !jobs.is_done() {
        let done = jobs.words().load(Word::Done);
        if !jobs.is_done() {
            jobs.words().wait(Word::Done, done);
        }
    }
}

/// Does all jobs; says how many there were.
fn serve(memory: Memory, sent: u32) -> u32 {
    let mut jobs = JobReceiver::new(memory, sent);
    let mut served = 0;
    while jobs.receive() {
        served += 1;
        jobs.finish();
    }
    served
}

#[test]
fn each_job_is_done_once() {
    explore(Some(3), || {
        let memory = Memory::default();
        let mut jobs = JobSender::new(memory.clone());
        let pool = thread::spawn(move || serve(memory, 0));
        for _ in 0..2 {
            jobs.send();
            await_done(&jobs);
        }
        jobs.leave();
        assert_eq!(pool.join().expect("no thread panics"), 2);
    });
}

/// Two samples. Before each the pool is told by a message what was sent last, and says by one that it
/// receives: the end of the sample before is not taken for its own, and is not missed.
#[test]
fn each_sample_has_its_own_jobs() {
    explore(Some(2), || {
        let memory = Memory::default();
        let mut jobs = JobSender::new(memory.clone());
        let (attend, to_pool) = mpsc::channel();
        let (attending, to_page) = mpsc::channel();
        let pool = thread::spawn(move || {
            [(); 2].map(|()| {
                let sent = to_pool.recv().expect("the page lives");
                attending.send(()).expect("the page lives");
                serve(memory.clone(), sent)
            })
        });
        for _ in 0..2 {
            attend.send(jobs.sent()).expect("the pool lives");
            to_page.recv().expect("the pool lives");
            jobs.send();
            await_done(&jobs);
            jobs.leave();
        }
        assert_eq!(pool.join().expect("no thread panics"), [1, 1]);
    });
}

/// The page waits for nothing: the sample was given up.
#[test]
fn the_pool_leaves_whatever_it_is_at() {
    explore(None, || {
        let memory = Memory::default();
        let mut jobs = JobSender::new(memory.clone());
        let pool = thread::spawn(move || serve(memory, 0));
        jobs.send();
        jobs.leave();
        assert!(pool.join().expect("no thread panics") <= 1);
    });
}

/// A pool that is stopped ends, and a message that comes too late finds that.
#[test]
fn a_stop_ends_the_pool_whatever_it_is_at() {
    explore(None, || {
        let memory = Memory::default();
        let mut jobs = JobSender::new(memory.clone());
        let pool = thread::spawn(move || (serve(memory.clone(), 0), serve(memory, 2)));
        jobs.send();
        jobs.stop();
        assert!(matches!(pool.join().expect("no thread panics"), (0 | 1, 0)));
    });
}
