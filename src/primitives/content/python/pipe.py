from multiprocessing import Pipe, Process

def echo(end):
    while (message := end.recv()) is not None:
        end.send(message.upper())

if __name__ == "__main__":
    mine, other = Pipe()
    process = Process(target=echo, args=(other,))
    process.start()
    mine.send("there and back")
    print(mine.recv(), mine.poll())
    mine.send(None)
    process.join()
