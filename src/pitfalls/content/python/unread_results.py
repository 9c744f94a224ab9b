from concurrent.futures import ProcessPoolExecutor

def increment():
    pass

if __name__ == "__main__":
    with ProcessPoolExecutor(2) as pool:
        pool.map(increment, range(10))              # nobody reads the results
        print("no error")
        try:
            list(pool.map(increment, range(10)))    # reads them
        except TypeError as error:
            print(error)
