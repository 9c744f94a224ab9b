from multiprocessing import Process, set_start_method

def work():
    print("working")

print("the module runs as", __name__)
if __name__ == "__main__":
    set_start_method("spawn")
    Process(target=work).start()
