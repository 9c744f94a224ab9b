//! How the page gives jobs to a pool of threads: through words of the memory that they share, which
//! takes less time than a message.
//!
//! | word | written by | holds |
//! | --- | --- | --- |
//! | `Job` | the page | the last job, or that the pool is to receive no more |
//! | `Done` | the pool | the last job that is done |
//! | `Stop` | the page | 1 once nobody wants anything of the pool any more |
//!
//! Each value of `Job` differs from the one before, so that a change cannot be missed. Only one job is
//! under way at a time. What a job is, and what it came to, is said by messages.

/// The words, in the order of memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// The last job.
    Job,
    /// The last job that is done.
    Done,
    /// Anything but 0 once the pool is to end.
    Stop,
}

impl Word {
    /// How many there are.
    pub const COUNT: usize = 3;
}

/// Words in shared memory. All accesses are sequentially consistent, as JavaScript's are.
pub trait Words {
    /// Reads a word.
    fn load(&self, word: Word) -> u32;
    /// Writes a word.
    fn store(&self, word: Word, value: u32);
    /// Wakes whoever waits for a word to change.
    fn wake(&self, word: Word);
}

/// Words for which a thread can wait.
pub trait BlockingWords: Words {
    /// Blocks the thread until it is woken, but not if `word` is no longer `value`. May return sooner.
    fn wait(&self, word: Word, value: u32);
}

/// The lowest bit of `Job`: set where there is no job and none will follow. The others count.
const LEAVE: u32 = 1;
/// The value of `Job` that comes after all others.
const STOPPED: u32 = u32::MAX;
/// Counting starts anew here, so that nothing that counts is [`STOPPED`].
const COUNTS: u32 = STOPPED >> 1;

/// The page's end.
#[derive(Debug)]
pub struct JobSender<W> {
    words: W,
    sent: u32,
}

impl<W: Words> JobSender<W> {
    /// The page's end of `words`, which are all 0.
    pub fn new(words: W) -> Self {
        Self { words, sent: 0 }
    }

    /// The words.
    pub fn words(&self) -> &W {
        &self.words
    }

    /// What was sent last. A receiver that starts with it receives everything that is sent afterwards.
    pub fn sent(&self) -> u32 {
        self.sent
    }

    /// Sends a job. The one before is done, or nobody waits for it.
    pub fn send(&mut self) {
        self.post(0);
    }

    /// Whether the last job that was sent is done.
    pub fn is_done(&self) -> bool {
        self.words.load(Word::Done) == self.sent
    }

    /// Has the receiver receive no more.
    pub fn leave(&mut self) {
        self.post(LEAVE);
    }

    /// Has the pool do nothing more, whatever it is at. This cannot be taken back.
    pub fn stop(self) {
        self.words.store(Word::Stop, 1);
        self.words.store(Word::Job, STOPPED);
        self.words.wake(Word::Job);
    }

    fn post(&mut self, leave: u32) {
        let count = ((self.sent >> 1) + 1) % COUNTS;
        self.sent = count << 1 | leave;
        self.words.store(Word::Job, self.sent);
        self.words.wake(Word::Job);
    }
}

/// The pool's end.
#[derive(Debug)]
pub struct JobReceiver<W> {
    words: W,
    seen: u32,
}

impl<W: BlockingWords> JobReceiver<W> {
    /// Receives what is sent after `sent` was (see [`JobSender::sent`]).
    pub fn new(words: W, sent: u32) -> Self {
        Self { words, seen: sent }
    }

    /// Waits for a job; `false` if there will be no more.
    pub fn receive(&mut self) -> bool {
        loop {
            let word = self.words.load(Word::Job);
            if word != self.seen {
                self.seen = word;
                return word & LEAVE == 0;
            }
            self.words.wait(Word::Job, word);
        }
    }

    /// Says that the job received last is done.
    pub fn finish(&self) {
        self.words.store(Word::Done, self.seen);
        self.words.wake(Word::Done);
    }
}
