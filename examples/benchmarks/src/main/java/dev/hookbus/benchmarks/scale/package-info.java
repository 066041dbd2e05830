/** What a database of millions of rows, many threads and many processes cost. */
package dev.hookbus.benchmarks.scale;
