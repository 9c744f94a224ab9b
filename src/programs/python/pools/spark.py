from pyspark.sql import SparkSession


def run(tasks):
    # master("spark://host:7077") uses a cluster instead of this machine.
    builder = SparkSession.builder.master(f"local[{WORKERS}]")
    with builder.getOrCreate() as session:
        tasks = session.sparkContext.parallelize(tasks, len(tasks))
        return tasks.map(work).collect()
