import multiprocessing

def work():
    print("working")

print("the module runs as", __name__)
spawn = multiprocessing.get_context("spawn")
spawn.Process(target=work).start()
