import time


def fetch(i):
    # Your own request goes here, such as urllib.request.urlopen(url).read().
    time.sleep(seconds(i))
    return body(i)
