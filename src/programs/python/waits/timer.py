import time


def fetch(task):
    # Your own request goes here, such as urllib.request.urlopen(url).read().
    time.sleep(seconds(task))
