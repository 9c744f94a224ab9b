from concurrent.futures import ProcessPoolExecutor

def main():
    factor = 3
    with ProcessPoolExecutor(1) as pool:
        try:
            print(pool.submit(lambda n: n * factor, 14).result())
        except AttributeError as error:
            print(error)

if __name__ == "__main__":
    main()
