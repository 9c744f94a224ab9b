from concurrent.futures import ProcessPoolExecutor
from pickle import PicklingError

def main():
    factor = 3
    with ProcessPoolExecutor(1) as pool:
        try:
            print(pool.submit(lambda n: n * factor, 14).result())
        except (AttributeError, PicklingError) as error:
            print(error)

if __name__ == "__main__":
    main()
