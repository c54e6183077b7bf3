"""The chapter's regression, trained with whatever distribution strategy it is given."""

import tensorflow as tf

from eagerdemo import regression


def train(strategy: tf.distribute.Strategy) -> dict[str, list]:
    """200번 갱신하고, 첫 그래디언트와 복제본마다 마지막에 가진 W, B를 돌려준다."""
    points = regression.noisy_line(1000)
    replicas = strategy.num_replicas_in_sync
    shares = strategy.experimental_distribute_values_from_function(
        lambda replica: [values[replica.replica_id_in_sync_group :: replicas] for values in points]
    )
    with strategy.scope():
        W, B = tf.Variable(5.0), tf.Variable(10.0)

    def gradient(inputs: tf.Tensor, outputs: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            losses = tf.square(inputs * W + B - outputs)
            loss = tf.nn.compute_average_loss(losses, global_batch_size=1000)
        return tf.stack(tape.gradient(loss, [W, B]))

    @tf.function
    def update() -> tuple[tf.distribute.DistributedValues, tf.Tensor]:
        parts = strategy.run(gradient, args=shares)
        total = strategy.reduce("SUM", parts, axis=None)
        W.assign_sub(0.01 * total[0])
        B.assign_sub(0.01 * total[1])
        return parts, total

    parts, total = update()
    for _ in range(199):
        update()
    copies = zip(*map(strategy.experimental_local_results, [W, B]), strict=True)
    return {
        "parts": [part.numpy().tolist() for part in strategy.experimental_local_results(parts)],
        "total": total.numpy().tolist(),
        "copies": [[float(weight), float(bias)] for weight, bias in copies],
    }
