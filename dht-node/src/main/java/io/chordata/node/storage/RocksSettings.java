package io.chordata.node.storage;

import io.chordata.node.core.RecordStore.Family;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.WALRecoveryMode;

/** Translates {@link RecordStoreOptions} into RocksDB's. Owns what both databases share: the block cache, the filter. */
final class RocksSettings implements AutoCloseable {
    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;
    private static final int BLOOM_BITS_PER_KEY = 10;
    private static final int FORMAT_VERSION = 6;
    private static final int REPLAYED_MEMTABLES = 4;

    private final RecordStoreOptions options;
    private final Cache cache;
    private final BloomFilter filter = new BloomFilter(BLOOM_BITS_PER_KEY, false);

    RocksSettings(RecordStoreOptions options) {
        this.options = options;
        this.cache = new LRUCache(options.cacheBytes());
    }

    /** For the database whose families go through the write-ahead log. */
    DBOptions logged(AbstractEventListener listener) {
        return common(listener)
                .setDbWriteBufferSize(options.memtableBytes() / 2)
                .setMaxTotalWalSize(options.walBytes());
    }

    /** For the database whose rows are replayed by their author. */
    DBOptions replayed(AbstractEventListener listener) {
        return common(listener);
    }

    ColumnFamilyOptions family(Family family) {
        ColumnFamilyOptions result = new ColumnFamilyOptions()
                .setCompressionType(
                        family == Family.LOG ? CompressionType.NO_COMPRESSION : CompressionType.LZ4_COMPRESSION)
                .setTableFormatConfig(table())
                .setLevelCompactionDynamicLevelBytes(true)
                .setTargetFileSizeBase(16 * MIB)
                .setMaxBytesForLevelBase(64 * MIB);
        return family == Family.STATE
                ? result.setWriteBufferSize(options.memtableBytes() / 2 / REPLAYED_MEMTABLES)
                        .setMaxWriteBufferNumber(REPLAYED_MEMTABLES)
                : result.setWriteBufferSize(options.memtableBytes() / 4).setMaxWriteBufferNumber(3);
    }

    private DBOptions common(AbstractEventListener listener) {
        return new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setParanoidChecks(true)
                // The torn tail was cut before opening (see WalInspector); whatever is left must be whole.
                .setWalRecoveryMode(WALRecoveryMode.AbsoluteConsistency)
                // A failure of the disk is final, see FailStop.
                .setMaxBgErrorResumeCount(0)
                .setListeners(java.util.List.of(listener))
                .setMaxOpenFiles(options.openFilesMax() / 2)
                .setMaxBackgroundJobs(options.backgroundThreads())
                .setBytesPerSync(MIB)
                .setMaxManifestFileSize(16 * MIB)
                .setSkipStatsUpdateOnDbOpen(true)
                .setInfoLogLevel(InfoLogLevel.INFO_LEVEL)
                .setMaxLogFileSize(2 * MIB)
                .setKeepLogFileNum(4)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
    }

    /** Indexes and filters live in the cache, cut into pieces, so that 100 million rows need no more memory than few. */
    private BlockBasedTableConfig table() {
        return new BlockBasedTableConfig()
                .setFormatVersion(FORMAT_VERSION)
                .setBlockCache(cache)
                .setBlockSize(8 * KIB)
                .setFilterPolicy(filter)
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true)
                .setMetadataBlockSize(4 * KIB)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinTopLevelIndexAndFilter(true)
                .setPinL0FilterAndIndexBlocksInCache(true);
    }

    @Override
    public void close() {
        filter.close();
        cache.close();
    }
}
