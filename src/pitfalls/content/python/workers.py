import os

os.environ["OMP_NUM_THREADS"] = "1"   # before NumPy is imported

from concurrent.futures import ProcessPoolExecutor

if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=2) as pool:
        print(sum(pool.map(abs, range(-3, 4))))
