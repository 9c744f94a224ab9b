import hashlib
import time


def main():
    tasks = make_tasks()
    start = time.perf_counter()
    answer = merge(run(tasks))
    seconds = time.perf_counter() - start
    print(hashlib.sha256(answer).hexdigest())
    print(f"{seconds:.3f} s")


if __name__ == "__main__":
    main()
