// What the page and the worker both have: it is sent by its name, and looked up on the other side.

export class Account {
  constructor(balance) {
    this.balance = balance;
  }

  deposit(amount) {
    this.balance += amount;
  }
}

export function addOne(number) {
  return number + 1;
}

const MAKE = {
  Account: ({ balance }) => new Account(balance),
  addOne: () => addOne,
};

// What is known by that name; every other value as it is.
export function lookUp(value) {
  const make = MAKE[value?.named];
  return make ? make(value) : value;
}
